import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { MongoClient } from 'mongodb';
import { scrubFailures } from '../../worker/scrub-failures';
import { sharedServers, uniqueName } from '../support/environment';

describe('scrubFailures', () => {
  const fail = (error: unknown): Promise<unknown> =>
    Promise.resolve(
      scrubFailures().inbound!.execute!({ args: [], headers: {} }, () => Promise.reject(error as Error)),
    ).catch((thrown: unknown) => thrown);

  test('The address in a duplicate-key error does not enter the history', async () => {
    const mongo = new MongoClient(sharedServers().mongodbUri);
    const database = mongo.db(uniqueName('scrub-'));
    try {
      const people = database.collection('people');
      await people.createIndex({ email: 1 }, { unique: true });
      await people.insertOne({ email: 'canary@example.com' });
      const error: unknown = await people
        .insertMany([{ email: 'canary@example.com' }])
        .catch((thrown: unknown) => thrown);
      expect(String(error)).toContain('canary@example.com');

      const failure = await fail(error);

      expect(failure).toBeInstanceOf(ApplicationFailure);
      const { message, stack, type, cause } = failure as ApplicationFailure;
      expect({ type, cause }).toEqual({ type: 'MongoBulkWriteError', cause: undefined });
      expect(message).toContain('11000');
      expect(`${message}${stack}`).not.toContain('canary');
      expect(stack).toContain(' at ');
    } finally {
      await database.dropDatabase();
      await mongo.close();
    }
  });

  test('Our own failures and cancellations pass unchanged', async () => {
    for (const ours of [
      ApplicationFailure.nonRetryable('No file is stored', 'ImportNotFound'),
      new CancelledFailure('cancelled'),
    ]) {
      expect(await fail(ours)).toBe(ours);
    }
  });
});

import { REMIND_WORKFLOW_TYPE } from '../../contract/sending/reminders';
import { collectionsOf } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { people, toCsv } from '../support/people';
import type { Person } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { startSkippingServer } from '../support/time-skipping';
import type { SkippingServer } from '../support/time-skipping';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;
const HOURS_OF_NIGHT_LEFT = 3;

/** As in `test/workflows/waiting.test.ts`: the server that skips time hangs now and then on a loaded machine. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });

describe('A reminder that becomes due in the night', () => {
  let server: SkippingServer;
  let stack: Stack;
  beforeEach(async () => {
    server = await startSkippingServer();
    stack = await startStack({}, { skipping: server });
  });
  afterEach(async () => {
    await stack.stop();
    await server.stop();
  });

  const timeIn = (hours: number): string =>
    new Date(server.now().getTime() + hours * HOUR_MS).toISOString().slice(11, 16);
  const countTo = async (addresses: readonly string[]): Promise<number> =>
    (await stack.sandbox.messages()).filter(({ to }) => addresses.includes(to)).length;

  test('goes by e-mail at once and by SMS in the morning, and not to who joins in the night', async () => {
    // Where it is the time of UTC in summer and winter.
    const some = people(2, 'asleep', (_person, i) => ({ mobile: `+354611800${i}` })) as [Person, Person];
    const id = await stack.api.importId(toCsv([...some]));
    await stack.api.rest(id);
    const night = { from: timeIn(-1), to: timeIn(HOURS_OF_NIGHT_LEFT) };
    await stack.api.call('PATCH', '/v1/organisation', { body: JSON.stringify({ quietHours: { sms: night } }) });
    await aDayPasses(id);
    await stack.temporal.workflow.execute(REMIND_WORKFLOW_TYPE, {
      taskQueue: stack.name,
      workflowId: uniqueName('remind-'),
    });

    const waiting = await until(
      'the SMS to wait for the morning',
      () => stack.api.find(id),
      ({ status, deferred }) => status === 'scheduled' && deferred.length > 0,
    );
    expect(waiting.deferred).toMatchObject([{ channel: 'sms', because: 'quiet-hours', count: 2 }]);
    const [asleep, joins] = some;
    expect(await countTo([asleep.email, joins.email])).toBe(4);
    expect(await countTo([asleep.mobile, joins.mobile])).toBe(2);

    // The link of the SMS that is not sent yet has not replaced the former one.
    const [former] = (await stack.store.invitations.allGenerations(id)).filter(
      ({ row, channel, generation }) => row === 3 && channel === 'sms' && generation === 1,
    );
    const body = JSON.stringify({ token: former!.token });
    expect((await stack.api.call('POST', '/v1/invitations/accept', { body })).status).toBe(200);
    await server.skip((HOURS_OF_NIGHT_LEFT - 1) * HOUR_MS);
    expect(await countTo([asleep.mobile])).toBe(1);

    await server.skip(2 * HOUR_MS);
    await until(
      'the SMS in the morning',
      () => countTo([asleep.mobile]),
      (count) => count === 2,
    );
    await stack.api.rest(id);
    expect(await countTo([joins.mobile])).toBe(1);
    expect(await stack.sandbox.messages()).toHaveLength(7);
  });

  /** Lets the time pass that an organisation waits with a reminder. */
  async function aDayPasses(importId: string): Promise<void> {
    const { imports, invitations } = collectionsOf(stack.db);
    const earlier = (field: string) => [{ $set: { [field]: { $subtract: [`$${field}`, 25 * HOUR_MS] } } }];
    await invitations.updateMany({ importId }, earlier('changedAt'));
    await imports.updateOne({ _id: importId, remindAt: { $exists: true } }, earlier('remindAt'));
  }
});

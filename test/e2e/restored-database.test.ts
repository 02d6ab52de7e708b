import type { Document } from 'mongodb';
import { REMIND_WORKFLOW_TYPE } from '../../contract/sending/reminders';
import { SHORT_WINDOWS, uniqueName } from '../support/environment';
import { people, toCsv } from '../support/people';
import { invitedTwice } from '../support/sandbox-control';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;
/** Documents as they are stored, with the types of their numbers. */
const AS_STORED = { promoteValues: false, promoteLongs: false, promoteBuffers: false };

describe('When MongoDB is restored to an earlier time, and Temporal is not, then', () => {
  let stack: Stack;
  let stopWorker: () => Promise<void>;

  beforeAll(async () => {
    stack = await startStack(SHORT_WINDOWS, { worker: false });
    await stack.store.organisations.change('demo', { reminders: { everyHours: 24, atMost: 5 } });
    stopWorker = await stack.startWorker();
  });
  afterAll(async () => {
    await stopWorker();
    await stack.stop();
  });

  let used = 0;
  const csv = (count: number, tag: string) => toCsv(people(count, tag, () => ({}), (used += count) - count));
  const imports = () => stack.db.collection<Document & { _id: string }>('imports');
  const invitations = (importId: string, filter: Document = {}) =>
    stack.db.collection('invitations').find({ importId, ...filter });
  /** By the database itself: an API that runs on while it is restored remembers counts of before. */
  const statusIs = (importId: string, ...statuses: string[]) =>
    until(
      `the import to be ${statuses.join(' or ')}`,
      async () => String((await imports().findOne({ _id: importId }))?.status),
      (status) => statuses.includes(status),
    );
  const ends = (importId: string) => statusIs(importId, 'completed', 'completed-with-problems', 'needs-attention');
  /** How the invitations of a channel ended, each state once. */
  const statesOf = async (importId: string, channel: string) => [
    ...new Set(
      (await invitations(importId, { channel, superseded: false }).toArray()).map(({ state }) => String(state)),
    ),
  ];
  const sent = async () => (await stack.sandbox.messages()).length;
  const remind = async (): Promise<void> => {
    const options = { taskQueue: stack.name, workflowId: uniqueName('remind-') };
    await stack.temporal.workflow.execute(REMIND_WORKFLOW_TYPE, options);
  };
  const apply = async (importId: string) =>
    stack.api.apply(importId, String((await imports().findOne({ _id: importId }))?.planHash));

  async function backUp(): Promise<() => Promise<void>> {
    const names = (await stack.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    const backup = await Promise.all(
      names.map(async (name) => [name, await stack.db.collection(name).find({}, AS_STORED).toArray()] as const),
    );
    return async () => {
      for (const { name } of await stack.db.listCollections({}, { nameOnly: true }).toArray())
        await stack.db.collection(name).deleteMany({});
      for (const [name, documents] of backup)
        if (documents.length > 0) await stack.db.collection(name).insertMany(documents);
    };
  }

  let queued: string;
  let before: number;

  test('nothing is sent again of what was sent since, on any channel, whatever state its import was in', async () => {
    const reminded = await stack.api.importId(csv(2, 'reminded'));
    await ends(reminded);
    const age = (field: string) => [{ $set: { [field]: { $subtract: [`$${field}`, 25 * HOUR_MS] } } }];
    await stack.db.collection('invitations').updateMany({ importId: reminded }, age('changedAt'));
    await imports().updateOne({ _id: reminded }, age('remindAt'));

    const busy = await Promise.all(
      (['twilio', 'sendgrid'] as const).map((provider) =>
        stack.sandbox.plan({ provider, kind: 'rate-limit', retryAfterSeconds: 1 }),
      ),
    );
    const staged = await stack.api.importId(csv(4, 'staged'));
    await until(
      'its invitations to be staged',
      () => invitations(staged, { state: 'pending' }).toArray(),
      (pending) => pending.length === 8,
    );
    const preview = await stack.api.importIdWith({ mode: 'preview' }, csv(3, 'preview'));
    await statusIs(preview, 'awaiting-approval');
    await stopWorker();
    queued = await stack.api.importId(csv(3, 'queued'));
    const restore = await backUp();

    // What the database will not know.
    await Promise.all(busy.map((fault) => stack.sandbox.lift(fault)));
    stopWorker = await stack.startWorker();
    const lost = await stack.api.importId(csv(2, 'lost'));
    expect((await apply(preview)).status).toBe(202);
    await remind();
    for (const id of [reminded, staged, preview, queued, lost]) await ends(id);
    await until('the reminders', sent, (count) => count === (2 + 2 + 4 + 3 + 3 + 2) * 2);
    await stopWorker();
    before = await sent();

    await restore();
    const report = await stack.store.restores.hold();
    expect(report).toEqual({ imports: 3, sms: 4, emails: 4, reminders: 4 });
    stopWorker = await stack.startWorker();
    expect((await apply(preview)).status).toBe(202);
    await remind();
    for (const id of [staged, preview, queued]) await ends(id);

    expect(await sent()).toBe(before);
    expect([await statesOf(staged, 'sms'), await statesOf(staged, 'email')]).toEqual([['sent'], ['unconfirmed']]);
    for (const id of [preview, queued])
      expect([await statesOf(id, 'sms'), await statesOf(id, 'email')]).toEqual([['unconfirmed'], ['unconfirmed']]);
    const rows = await stack.db.collection('rows').distinct('status', { importId: { $in: [staged, preview, queued] } });
    expect(rows).toEqual(['created']);
  }, 180_000);

  test('a person decides who is invited again, and a new file is sent as ever', async () => {
    await stack.api.retry(queued, { all: true, includeUnconfirmed: true });
    const fresh = await stack.api.importId(csv(2, 'fresh'));
    await until('both to be sent', sent, (count) => count === before + 6 + 4);
    await statusIs(fresh, 'completed');
    const ofFresh = (await stack.sandbox.messages()).filter(({ to }) => to.includes('fresh'));
    expect(invitedTwice(ofFresh)).toEqual([]);
    expect(ofFresh).toHaveLength(2);
  });
});

import type { WorkflowExecutionDescription } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import type { Channel } from '../../contract/invitation';
import { REMIND_WORKFLOW_TYPE, reminderScheduleId } from '../../contract/sending/reminders';
import { collectionsOf } from '../../store/documents';
import type { Collections, InvitationDoc } from '../../store/documents';
import { invitationId, personIdOf } from '../../store/documents';
import { ensureReminderSchedule } from '../../worker/reminder-schedule';
import { runCli } from '../cli/cli';
import { uniqueName } from '../support/environment';
import { createGate } from '../support/gate';
import { people, toCsv } from '../support/people';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

const HOUR_MS = 3_600_000;

interface Named {
  _id: string;
  importId?: string;
}

describe('Reminders of invitations that were not accepted', () => {
  const gate = createGate();
  let stack: Stack;
  let collections: Collections;
  beforeAll(async () => {
    stack = await startStack({}, { workerStore: gate.around });
    collections = collectionsOf(stack.db);
  });
  afterAll(() => stack.stop());

  let files = 0;
  /** An import of so many people whose invitations are all sent, and its workflow ended; or open, as one more was refused. */
  async function imported(count: number, { stays = 'ended' }: { stays?: 'ended' | 'open' } = {}): Promise<string> {
    const tag = `file${++files}`;
    const rows = people(count, tag, () => ({}), files * 20);
    const [refused] = people(1, tag, () => ({ email: `sandbox-rejected.${tag}@example.com` }), files * 20 + 19);
    const id = await stack.api.importId(toCsv(stays === 'open' ? [...rows, refused!] : rows));
    expect((await stack.api.rest(id)).status).toBe(stays === 'open' ? 'needs-attention' : 'completed');
    if (stays === 'ended') await stack.workflow(id).result();
    return id;
  }

  /**
   * Gives an import another id, under which Temporal knows nothing of it: as after the retention, without waiting for it. To
   * have a history deleted takes the server up to half a minute.
   */
  async function forgotten(importId: string): Promise<string> {
    const id = randomUUID();
    const mine = { $or: [{ _id: importId }, { importId }] };
    for (const name of ['imports', 'rows', 'invitations']) {
      const collection = stack.db.collection<Named>(name);
      const documents = await collection.find(mine).toArray();
      await collection.deleteMany(mine);
      await collection.insertMany(
        documents.map((one) => ({ ...one, _id: one._id.replace(importId, id), ...(one.importId && { importId: id }) })),
      );
    }
    return id;
  }

  /** Lets the time pass that an organisation waits with a reminder. */
  async function age(importId: string, hours = 25, rows?: number[]): Promise<void> {
    const earlier = (field: string) => [{ $set: { [field]: { $subtract: [`$${field}`, hours * HOUR_MS] } } }];
    const current = { importId, superseded: false, ...(rows && { row: { $in: rows } }) };
    await collections.invitations.updateMany(current, earlier('changedAt'));
    await collections.imports.updateOne({ _id: importId, remindAt: { $exists: true } }, earlier('remindAt'));
  }
  const startReminding = () =>
    stack.temporal.workflow.start(REMIND_WORKFLOW_TYPE, { taskQueue: stack.name, workflowId: uniqueName('remind-') });
  const remind = async (): Promise<void> => void (await (await startReminding()).result());
  const one = async (importId: string, row: number, channel: Channel, generation: number): Promise<InvitationDoc> =>
    (await collections.invitations.findOne({ _id: invitationId(importId, row, channel, generation) }))!;
  const accept = async (token: string): Promise<number> =>
    (await fetch(`${stack.url}/v1/invitations/accept`, { method: 'POST', body: JSON.stringify({ token }) })).status;
  const lastSeq = async () => (await stack.sandbox.messages()).at(-1)?.seq ?? 0;
  /** By the links in them, which messages of an import were accepted since: line, channel and generation of each. */
  async function sentSince(seq: number, importId: string): Promise<string[]> {
    const mine = await collections.invitations.find({ importId }).toArray();
    const bodies = (await stack.sandbox.messages()).filter((message) => message.seq > seq).map(({ body }) => body);
    return bodies
      .flatMap((body) => mine.filter(({ token }) => body.includes(token)))
      .map(({ row, channel, generation }) => `${row} ${channel} ${generation}`)
      .sort();
  }
  /** Waits until every reminder that was opened is sent. */
  const restAgain = (importId: string) => stack.api.rest(importId);

  test('When a day has passed, then who has not accepted gets exactly one reminder whose link is the only one that works, and nobody else gets any, though two runs go on at once', async () => {
    const id = await imported(7);
    const person = (row: number) => ({ _id: personIdOf(id, row) });
    await age(id, 25, [2, 3, 4, 5, 6, 7]);
    expect(await accept((await one(id, 3, 'email', 1)).token)).toBe(200);
    await collections.invitations.updateOne({ _id: invitationId(id, 4, 'email', 1) }, { $set: { state: 'bounced' } });
    await collections.people.updateOne(person(5), { $set: { optedOut: ['email', 'sms'] } });
    await collections.people.updateOne(person(6), { $set: { deactivatedAt: new Date() } });
    await collections.invitations.updateMany({ importId: id, row: 7 }, { $set: { reminders: 5 } });
    const before = await lastSeq();

    await Promise.all([remind(), remind()]);
    await restAgain(id);

    expect(await sentSince(before, id)).toEqual(['2 email 2', '2 sms 2', '4 sms 2']);
    const next = await one(id, 2, 'email', 2);
    expect(next).toMatchObject({ state: 'sent', reminders: 1 });
    expect([await accept((await one(id, 2, 'email', 1)).token), await accept(next.token)]).toEqual([410, 200]);
    await until(
      'the mark to be cleared',
      () => collections.imports.findOne({ _id: id }),
      (found) => found !== null && !('wakeAt' in found),
    );
    // Nothing is due any more, least of all what was just sent.
    await remind();
    expect(await sentSince(before, id)).toHaveLength(3);
  });

  test('When the workflow of the import is still open, then it sends the reminders itself, and the next ones a day later, up to the limit', async () => {
    await stack.store.organisations.change('demo', { reminders: { everyHours: 24, atMost: 2 } });
    const id = await imported(1, { stays: 'open' });
    const { runId } = await stack.workflow(id).describe();
    const before = await lastSeq();
    for (const reminders of [1, 2, 2]) {
      await age(id);
      await remind();
      await restAgain(id);
      expect(await sentSince(before, id)).toHaveLength(reminders * 2 + Math.min(reminders, 2));
    }
    expect((await stack.workflow(id).describe()).runId).toBe(runId);
    await stack.store.organisations.change('demo', { reminders: { everyHours: 24, atMost: 5 } });
  });

  test('When a run is ended between opening reminders and telling the import, then they are sent all the same, and once', async () => {
    const id = await imported(2, { stays: 'open' });
    await age(id, 25, [2, 3]);
    const before = await lastSeq();
    const held = gate.hold('reminders.open');
    const run = await startReminding();
    await held.arrival;
    await run.terminate('killed for the test');
    held.release();

    await remind();
    await until(
      'the reminders',
      () => sentSince(before, id),
      (sent) => sent.length >= 4,
    );
    await restAgain(id);

    expect(await sentSince(before, id)).toEqual(['2 email 2', '2 sms 2', '3 email 2', '3 sms 2']);
  });

  test('When a worker has started, then the schedule is there, sends reminders when it fires, and is brought up to date without being unpaused', async () => {
    const { schedule } = stack.temporal;
    await Promise.all([1, 2].map(() => ensureReminderSchedule(stack.temporal, stack.name, stack.name, stack.log)));
    const handle = schedule.getHandle(reminderScheduleId(stack.name));
    try {
      const id = await imported(1);
      await age(id);
      const before = await lastSeq();
      await handle.trigger();
      await until(
        'the reminders',
        () => sentSince(before, id),
        (sent) => sent.length === 2,
      );

      await handle.update(({ action, state, policies }) => ({
        action,
        state,
        policies,
        spec: { intervals: [{ every: '7d' }] },
      }));
      // Temporal answers before it has carried such a thing out, and an update that comes to pass last would undo the pause.
      await until(
        'the update',
        () => handle.describe(),
        (found) => found.spec.intervals?.[0]?.every === 7 * 24 * HOUR_MS,
      );
      await handle.pause('for the test');
      await until(
        'the pause',
        () => handle.describe(),
        ({ state }) => state.paused,
      );
      await ensureReminderSchedule(stack.temporal, stack.name, stack.name, stack.log);
      const { spec, state, policies, action } = await handle.describe();
      expect(spec.intervals).toMatchObject([{ every: 15 * 60_000 }]);
      expect(state).toMatchObject({ paused: true, note: 'for the test' });
      expect(policies).toEqual(expect.objectContaining({ overlap: 'SKIP', catchupWindow: HOUR_MS }));
      expect(action).toMatchObject({ workflowType: REMIND_WORKFLOW_TYPE, taskQueue: stack.name });
    } finally {
      await handle.delete();
    }
  });

  describe('that staff ask for', () => {
    const resend = (id: string, body: unknown = { all: true }) =>
      stack
        .as('support')
        .call<{ reminding?: unknown; code?: string; detail?: string }>('POST', `/v1/imports/${id}/reminders`, {
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json' },
        });

    test('When an hour has passed, then exactly what they name is sent again, and not twice within an hour', async () => {
      const id = await imported(3);
      expect(await resend(id)).toMatchObject({
        status: 409,
        body: { code: 'nothing-to-remind', detail: expect.stringContaining('6 sent less than an hour ago') as string },
      });
      await age(id, 2);
      const before = await lastSeq();

      const answers = await Promise.all([1, 2].map(() => resend(id, { rows: [2, 3], channels: ['sms'] })));

      expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
      expect(answers.find(({ status }) => status === 202)!.body.reminding).toEqual({ email: 0, sms: 2 });
      await restAgain(id);
      expect(await sentSince(before, id)).toEqual(['2 sms 2', '3 sms 2']);
      expect(await one(id, 2, 'sms', 2)).not.toHaveProperty('reminders');

      const key = stack.as('support').key;
      const cli = ['remind', id, '--rows', '2-3', '--channels', 'email', '--url', stack.url, '--key', key];
      const { code, err } = await runCli(cli);
      expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('2 e-mails, 0 SMS') as string });
      expect(await sentSince(before, id)).toEqual(['2 email 2', '2 sms 2', '3 email 2', '3 sms 2']);
    });

    test.each([
      ['nothing of it is sent and open', { rows: [99] }, 409, 'nothing-to-remind'],
      ['the rows are no numbers', { rows: ['two'] }, 400, 'invalid-request'],
      ['a field is misspelt', { row: [2] }, 400, 'invalid-request'],
    ])('When %s, then it is refused and says why', async (_what, request, status, code) => {
      const [any] = await collections.imports.find({ status: 'completed' }).limit(1).toArray();
      const answer = await resend(any!._id, request);
      expect(answer).toMatchObject({ status, body: { code } });
      expect(answer.body.detail).toMatch(/\w+ .*\./);
    });
  });

  test('When the history of an import was deleted, then its workflow is started anew under the same id, and found as before', async () => {
    const known = await imported(2);
    const first = await stack.workflow(known).describe();
    const id = await forgotten(known);
    await age(id);
    const before = await lastSeq();

    await remind();
    await restAgain(id);

    expect(await sentSince(before, id)).toEqual(['2 email 2', '2 sms 2', '3 email 2', '3 sms 2']);
    await stack.workflow(id).result();
    const second = await stack.workflow(id).describe();
    const shown = async ({ typedSearchAttributes, staticSummary, priority }: WorkflowExecutionDescription) => ({
      attributes: Object.fromEntries(typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])),
      summary: await staticSummary(),
      priority,
    });
    expect(await shown(second)).toEqual(await shown(first));
  });
});

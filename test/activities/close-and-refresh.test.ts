import { MockActivityEnvironment } from '@temporalio/testing';
import type { ActivityDeps } from '../../activities/deps';
import { endIfCancelled } from '../../activities/heartbeat';
import { createCloseImport } from '../../activities/lifecycle/close-import';
import { createRefreshImport } from '../../activities/lifecycle/refresh-import';
import { isFinal, statusesThat } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import { NOT_NEEDED_CODE } from '../../contract/invitation';
import type { ImportDoc, RowDoc } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { createGate } from '../support/gate';
import { openScratchStore, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('Closing and refreshing', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  const settings = { stepFenceMs: 60_000, timing: { approvalMs: 60_000 } } as ActivityDeps['settings'];
  const now = (): Date => new Date();
  const run = <T>(step: (input: { importId: string }) => Promise<T>, importId: string): Promise<T> =>
    new MockActivityEnvironment().run(step, { importId });
  const statusOf = async (importId: string) => (await scratch.store.imports.find(importId))!.status;

  async function anImport(status: ImportStatus): Promise<string> {
    const importId = uniqueName('import-');
    const plannedAt = new Date();
    const fields = { organisationId: 'org', status, revision: 0, fileProblems: [], columns: [], plannedAt };
    await scratch.collections.imports.insertOne({ _id: importId, ...fields } as unknown as ImportDoc);
    return importId;
  }
  const aRow = (importId: string, status: RowDoc['status']) =>
    scratch.collections.rows.insertOne({
      _id: `${importId}:2`,
      importId,
      row: 2,
      status,
      problems: [],
    } as unknown as RowDoc);

  test.each(statusesThat(isFinal))('a run that began too late leaves an import that is %s as it is', async (status) => {
    const importId = await anImport(status);
    await aRow(importId, 'created');
    await scratch.store.invitations.stage([sentInvitation(person('org'), { importId, state: 'failed' })]);
    const before = await scratch.store.imports.find(importId);
    const snapshot = await run(createCloseImport({ store: scratch.store, settings, now }), importId);
    expect(snapshot.status).toBe(status);
    expect(await scratch.store.imports.find(importId)).toEqual(before);
  });

  test('an import that is still open is closed by its counts', async () => {
    const importId = await anImport('inviting');
    await aRow(importId, 'created');
    await scratch.store.invitations.stage([sentInvitation(person('org'), { importId, state: 'failed' })]);
    expect(await run(createCloseImport({ store: scratch.store, settings, now }), importId)).toMatchObject({
      status: 'needs-attention',
    });
  });

  test('an import whose first channel was reported as failed when all its steps had looked is not closed without the second', async () => {
    const importId = await anImport('settling');
    const failover = { first: 'email', afterHours: 4 } as const;
    await scratch.collections.imports.updateOne({ _id: importId }, { $set: { failover, retries: [] } });
    await aRow(importId, 'created');
    const someone = person('org');
    await scratch.collections.people.insertOne(someone);
    await scratch.store.invitations.stage([
      sentInvitation(someone, { importId, state: 'bounced', code: 'invitation.bounced' }),
      sentInvitation(someone, { importId, channel: 'sms', state: 'suppressed', code: NOT_NEEDED_CODE }),
    ]);
    const { status, invitations } = await run(createCloseImport({ store: scratch.store, settings, now }), importId);
    expect(status).toBe('inviting');
    expect(invitations).toContainEqual({ channel: 'sms', state: 'pending', rows: '2' });
  });

  test('ending what a large file has left may take longer than the fence: what is counted after it is closed', async () => {
    const importId = await anImport('inviting');
    await aRow(importId, 'created');
    const gate = createGate();
    const ending = gate.hold('ledger.endPending', 'after');
    const close = createCloseImport({ store: gate.around(scratch.store), settings, now });
    const closed = new MockActivityEnvironment().run(close, { importId, as: 'failed' as const });
    await ending.arrival;
    const later = Date.now() + 2 * settings.stepFenceMs;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(later);
    ending.release();
    expect(await closed.finally(() => clock.mockRestore())).toMatchObject({ status: 'failed' });
    expect(await statusOf(importId)).toBe('failed');
  });

  describe('where another step has ended the import as cancelled meanwhile, and a retry has opened it again, a step behind the fence', () => {
    /** Lets one step close an import, holds it at a call, and has another close it and a retry open it. */
    async function whileHeld(
      call: 'people.writtenBy' | 'rows.finishAllOpen' | 'ledger.endPending',
      isSentBefore: boolean,
    ) {
      const importId = await anImport('inviting');
      await scratch.collections.imports.updateOne({ _id: importId }, { $set: { retries: [] } });
      await aRow(importId, 'created');
      const personId = uniqueName('person-');
      await scratch.collections.people.insertOne(person('org', { _id: personId }));
      const to = sentInvitation(person('org', { _id: personId }), { importId, state: 'pending', attempts: 0 });
      await scratch.store.invitations.stage([to]);
      const gate = createGate();
      const held = gate.hold(call, 'after');
      const input = { importId, as: 'failed' as const };
      const late = new MockActivityEnvironment().run(
        createCloseImport({ store: gate.around(scratch.store), settings, now }),
        input,
      );
      await held.arrival;
      await new MockActivityEnvironment().run(createCloseImport({ store: scratch.store, settings, now }), input);
      const [opened] = await scratch.store.generations.open({ importId, retryId: 'retry' });
      if (isSentBefore) {
        await scratch.store.ledger.claim([opened!._id], 'attempt');
        await scratch.store.ledger.record([{ id: opened!._id, attemptId: 'attempt', state: 'sent' }]);
        await run(createCloseImport({ store: scratch.store, settings, now }), importId);
      }
      const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2 * settings.stepFenceMs);
      held.release();
      await late.catch(() => undefined).finally(() => clock.mockRestore());
      return { importId, find: () => scratch.store.invitations.find({ importId }) };
    }

    test.each(['people.writtenBy', 'rows.finishAllOpen'] as const)('ends nothing of the retry (%s)', async (call) => {
      const { find, importId } = await whileHeld(call, false);
      expect(await find()).toMatchObject([{ generation: 2, state: 'pending' }]);
      expect(await statusOf(importId)).toBe('inviting');
    });

    test('does not close it over the end of the retry', async () => {
      const { find, importId } = await whileHeld('ledger.endPending', true);
      expect(await find()).toMatchObject([{ generation: 2, state: 'sent' }]);
      expect(await statusOf(importId)).toBe('completed');
    });
  });

  test('rows that may be written open their import, also where a report revises it at that moment', async () => {
    const importId = await anImport('needs-attention');
    await aRow(importId, 'pending');
    const gate = createGate();
    const resuming = gate.hold('imports.resume', 'before');
    const refreshed = run(
      createRefreshImport({ store: gate.around(scratch.store), settings, now, betweenParts: endIfCancelled }),
      importId,
    );
    await resuming.arrival;
    await scratch.collections.imports.updateOne({ _id: importId }, { $inc: { revision: 1 } });
    resuming.release();
    await refreshed;
    expect(await statusOf(importId)).toBe('creating');
  });
});

import { MockActivityEnvironment } from '@temporalio/testing';
import { createPauseImport } from '../../activities/lifecycle/pause-import';
import type { ActivityDeps } from '../../activities/deps';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ImportDoc } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { createGate } from '../support/gate';
import { openScratchStore, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('Pausing an import', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  /** An import with one claimed invitation; its request may begin until `fenceMs` after that. */
  async function claimed(fenceMs: number) {
    const importId = uniqueName('import-');
    await scratch.collections.imports.insertOne({
      _id: importId,
      status: 'inviting',
      revision: 0,
      fileProblems: [] as ImportDoc['fileProblems'],
    } as ImportDoc);
    const invitation = sentInvitation(person('org'), { importId, state: 'pending', attempts: 0 });
    await scratch.store.invitations.stage([invitation]);
    await scratch.store.ledger.claim([invitation._id], 'attempt');
    const gate = createGate();
    const deps = {
      store: gate.around(scratch.store),
      settings: { fenceMs } as ActivityDeps['settings'],
      now: () => new Date(),
    };
    const pauseImport = (how: { cancels?: boolean } = {}): Promise<ImportSnapshot> =>
      new MockActivityEnvironment().run(createPauseImport(deps), { importId, ...how });
    return { importId, id: invitation._id, gate, pauseImport };
  }

  test('When an invitation is claimed, then a pause is confirmed only once its request can no longer begin', async () => {
    const { id, gate, pauseImport } = await claimed(60_000);
    const looking = gate.hold('ledger.mayBegin');
    let isConfirmed = false;
    const confirmed = pauseImport().finally(() => (isConfirmed = true));
    await Promise.race([looking.arrival, confirmed]);
    expect(isConfirmed).toBe(false);
    looking.release();
    await scratch.store.ledger.record([{ id, attemptId: 'attempt', state: 'sent', providerId: 'SM1' }]);
    expect((await confirmed).pausedBy).toEqual({ staff: null });
  });

  test('When the worker that has claimed an invitation is gone, then the pause is confirmed once the fence has passed', async () => {
    const { pauseImport } = await claimed(100);
    expect((await pauseImport()).pausedBy).toEqual({ staff: null });
  });

  test('A pause and a resumption do not undo a cancellation', async () => {
    const { importId, pauseImport } = await claimed(0);
    await pauseImport({ cancels: true });
    await pauseImport();
    await scratch.store.pauses.resume(importId);
    expect((await scratch.store.imports.find(importId))!.pausedBy).toMatchObject({ staff: { cancels: true } });
  });
});

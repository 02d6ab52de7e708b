import { MockActivityEnvironment } from '@temporalio/testing';
import { createPauseImport } from '../../activities/lifecycle/pause-import';
import type { ActivityDeps } from '../../activities/deps';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ImportDoc } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { createGate } from '../support/gate';
import { openScratchStore, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('Holding an import back', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  /** An import of which one invitation is claimed; its request may begin until `fenceMs` after that. */
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
    const deps = { store: gate.around(scratch.store), settings: { fenceMs } as ActivityDeps['settings'] };
    const hold = (how: { cancels?: boolean } = {}): Promise<ImportSnapshot> =>
      new MockActivityEnvironment().run(createPauseImport(deps), { importId, ...how });
    return { importId, id: invitation._id, gate, hold };
  }

  test('When something is claimed, then a pause is confirmed only once that can no longer begin', async () => {
    const { id, gate, hold } = await claimed(60_000);
    const looking = gate.hold('ledger.mayBegin');
    let isConfirmed = false;
    const confirmed = hold().finally(() => (isConfirmed = true));
    await Promise.race([looking.arrival, confirmed]);
    expect(isConfirmed).toBe(false);
    looking.release();
    await scratch.store.ledger.record([{ id, attemptId: 'attempt', state: 'sent', providerId: 'SM1' }]);
    expect((await confirmed).pausedBy).toEqual({ staff: null });
  });

  test('When whoever has claimed something is never heard of again, then the pause is confirmed once the fence has fallen', async () => {
    const { hold } = await claimed(100);
    expect((await hold()).pausedBy).toEqual({ staff: null });
  });

  test('When staff pause and resume what is being cancelled already, then it is cancelled all the same', async () => {
    const { importId, hold } = await claimed(0);
    await hold({ cancels: true });
    await hold();
    expect((await scratch.store.pauses.resume(importId)).by).toEqual({ staff: null });
    expect((await scratch.store.imports.find(importId))!.pausedBy).toMatchObject({ staff: { cancels: true } });
  });
});

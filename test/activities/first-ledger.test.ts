import { createFirstLedger } from '../../activities/sending/first-ledger';
import { personIdOf } from '../../store/documents';
import { createInvitationToken } from '../../store/index';
import { newInvitation } from '../../store/invitations/generations';
import { uniqueName } from '../support/environment';
import { createGate } from '../support/gate';
import { openScratchStore } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('The ledger of first invitations', () => {
  let scratch: ScratchStore;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  afterAll(() => scratch.close());

  test('names each that is stored once, also where a write that has failed in part is made again', async () => {
    const importId = uniqueName('import-');
    const key = { organisationId: 'org', importId, row: 2, personId: personIdOf(importId, 2) };
    const draft = newInvitation({ ...key, channel: 'email', personKind: 'client' }, 1, createInvitationToken());
    await scratch.collections.firstSends.insertOne({ _id: importId, claims: [] });
    const gate = createGate();
    const named: string[] = [];
    const ledger = createFirstLedger(gate.around(scratch.store), { id: importId }, [draft], (stored) =>
      named.push(...stored.map(({ _id }) => _id)),
    );
    await ledger.claim([draft._id], 'attempt');
    // As a report stores it that comes before the answer.
    await scratch.store.invitations.stage(ledger.inDoubt());
    const records = [{ id: draft._id, attemptId: 'attempt', state: 'sent' as const, providerId: 'one' }];
    gate.fail('ledger.record', 1);
    await expect(ledger.record(records)).rejects.toThrow('planned failure');
    await ledger.record(records);
    expect(named).toEqual([draft._id]);
    expect(await scratch.store.invitations.find({ importId })).toMatchObject([{ state: 'sent', providerId: 'one' }]);
  });
});

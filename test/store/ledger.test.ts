import { MongoClient } from 'mongodb';
import type { InvitationDoc } from '../../store/documents';
import { invitationId } from '../../store/documents';
import { openStore } from '../../store/index';
import type { Store } from '../../store/index';
import { sharedServers, uniqueName } from '../support/environment';

describe('The ledger of invitations', () => {
  const database = uniqueName('ledger-');
  let store: Store;
  let importId: string;
  beforeAll(async () => {
    store = await openStore(sharedServers().mongodbUri, database);
  });
  const mongo = new MongoClient(sharedServers().mongodbUri);
  beforeEach(async () => {
    importId = uniqueName('import-');
    const importDoc = { _id: importId, status: 'needs-attention', retries: [], revision: 0 };
    await mongo.db(database).collection<{ _id: string }>('imports').insertOne(importDoc);
  });
  afterAll(async () => {
    await store.close();
    await mongo.db(database).dropDatabase();
    await mongo.close();
  });

  const invitation = (row: number, change: Partial<InvitationDoc> = {}): InvitationDoc => ({
    _id: invitationId(importId, row, 'sms', 1),
    organisationId: 'demo',
    importId,
    row,
    channel: 'sms',
    generation: 1,
    superseded: false,
    personId: `${importId}:${row}`,
    personKind: 'client',
    token: uniqueName('token'),
    state: 'pending',
    attempts: 0,
    trail: [],
    createdAt: new Date(),
    changedAt: new Date(),
    ...change,
  });
  const stage = async (...documents: InvitationDoc[]) => {
    await store.invitations.stage(documents);
    return documents.map(({ _id }) => _id);
  };
  const standing = async () => (await store.invitations.find({ importId })).map(({ row, state }) => [row, state]);

  test('When ten attempts claim the same invitations at once, then each goes to exactly one', async () => {
    const ids = await stage(...Array.from({ length: 50 }, (_, i) => invitation(i + 2)));
    const claims = await Promise.all(Array.from({ length: 10 }, (_, i) => store.ledger.claim(ids, `attempt-${i}`)));
    expect(claims.flat().sort()).toEqual([...ids].sort());
  });

  test('When an attempt has lost its claim, then neither its record nor its release changes anything', async () => {
    const [id] = await stage(invitation(2));
    await store.ledger.claim([id!], 'first');
    await store.ledger.release([id!], 'first');
    await store.ledger.claim([id!], 'second');
    await store.ledger.record([{ id: id!, attemptId: 'first', state: 'failed' }]);
    await store.ledger.release([id!], 'first');
    expect(await standing()).toEqual([[2, 'sending']]);
    await store.ledger.record([{ id: id!, attemptId: 'second', state: 'sent', providerId: 'SM1' }]);
    expect(await standing()).toEqual([[2, 'sent']]);
  });

  test('When an invitation has ended, then no claim and no late record moves it again', async () => {
    const [id] = await stage(invitation(2));
    await store.ledger.claim([id!], 'one');
    await store.ledger.record([{ id: id!, attemptId: 'one', state: 'sent', providerId: 'SM1' }]);
    expect(await store.ledger.claim([id!], 'two')).toEqual([]);
    await store.ledger.record([{ id: id!, attemptId: 'one', state: 'failed' }]);
    await store.ledger.endPending(importId, {}, 'cancelled');
    expect(await standing()).toEqual([[2, 'sent']]);
  });

  test('When an invitation is staged again, then it keeps its state and its token', async () => {
    const first = invitation(2);
    const [id] = await stage(first);
    await store.ledger.claim([id!], 'one');
    await stage(invitation(2, { token: 'another' }), invitation(3));
    const found = await store.invitations.find({ importId });
    expect(found.map(({ row, state, token }) => [row, state, token])).toEqual([
      [2, 'sending', first.token],
      [3, 'pending', expect.any(String)],
    ]);
  });

  test('When a claim is younger than the settle window by the clock of the database, then it is not settled', async () => {
    const [id] = await stage(invitation(2));
    await store.ledger.claim([id!], 'one');
    expect(await store.ledger.findSettleable(importId, 'sms', [2], 60_000)).toEqual([]);
    expect(await store.ledger.findSettleable(importId, 'sms', [2], 0)).toHaveLength(1);
  });

  test('When many ask for a retry at once, then each failed invitation gets one next generation with a new link', async () => {
    const failed = invitation(2, { state: 'failed', code: 'invitation.not-reachable' });
    await stage(failed, invitation(3, { state: 'sent' }));
    const opened = await Promise.all(
      Array.from({ length: 8 }, (_, i) => store.generations.open({ importId, retryId: `retry-${i}` })),
    );
    expect(opened.flat()).toHaveLength(1);
    const [next] = opened.flat();
    expect(next).toMatchObject({ row: 2, generation: 2, state: 'pending' });
    expect(next!.token).not.toBe(failed.token);
    expect(next!.code).toBeUndefined();
    expect(await standing()).toEqual([
      [2, 'pending'],
      [3, 'sent'],
    ]);
  });

  test('When the same retry is run again after a crash, then it opens nothing more and tells the same', async () => {
    await stage(invitation(2, { state: 'failed' }));
    const first = await store.generations.open({ importId, retryId: 'retry' });
    expect(await store.generations.open({ importId, retryId: 'retry' })).toEqual(first);
    expect(await standing()).toEqual([[2, 'pending']]);
    // Also where what it opened has failed again by then.
    const [next] = first.map(({ _id }) => _id);
    await store.ledger.claim([next!], 'one');
    await store.ledger.record([{ id: next!, attemptId: 'one', state: 'failed' }]);
    expect(await store.generations.open({ importId, retryId: 'retry' })).toMatchObject([{ _id: next }]);
    expect(await standing()).toEqual([[2, 'failed']]);
    // And where another request has opened it once more by then.
    const [later] = await store.generations.open({ importId, retryId: 'later' });
    await store.ledger.claim([later!._id], 'two');
    await store.ledger.record([{ id: later!._id, attemptId: 'two', state: 'failed' }]);
    expect(await store.generations.open({ importId, retryId: 'retry' })).toMatchObject([{ _id: next }]);
    expect(await standing()).toEqual([[2, 'failed']]);
  });
});

import type { Correction, RowSnapshot } from '../../store/corrections/correction';
import { rowId } from '../../store/documents';
import type { ImportDoc, InvitationDoc, PersonDoc, RowDoc } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { openScratchStore, organisation, person, sentInvitation, staffMember } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('Corrections of rows in the database', () => {
  let scratch: ScratchStore;
  let org: string;
  let importId: string;
  let invited: PersonDoc;
  let failed: InvitationDoc;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(async () => {
    org = uniqueName('org-');
    importId = uniqueName('import-');
    invited = person(org, { _id: rowId(importId, 2), importId, row: 2, optedOut: ['email'] });
    failed = sentInvitation(invited, { importId, state: 'failed', code: 'invitation.address-refused', reminders: 2 });
    const { collections } = scratch;
    await collections.organisations.insertOne(organisation(org));
    await collections.imports.insertOne(importDoc());
    await collections.rows.insertOne(rowDoc());
    await collections.people.insertOne(invited);
    await collections.invitations.insertOne(failed);
  });
  afterAll(() => scratch.close());

  const importDoc = (change: Partial<ImportDoc> = {}): ImportDoc => ({
    _id: importId,
    organisationId: org,
    batchId: importId,
    kind: 'clients',
    source: 'file',
    options: { mode: 'apply', strict: false, onExisting: 'error', encoding: null },
    fileName: 'clients.csv',
    bytes: 1,
    sha256: '0',
    status: 'completed',
    createdAt: new Date(),
    createdByRole: 'systemAdministrator',
    columns: [],
    layout: null,
    fileProblems: [],
    retries: [],
    revision: 4,
    plannedAt: new Date(),
    closedAt: new Date(),
    ...change,
  });
  const rowDoc = (change: Partial<RowDoc> = {}): RowDoc => ({
    _id: rowId(importId, 2),
    organisationId: org,
    importId,
    row: 2,
    status: 'created',
    person: { ...invited },
    plan: { action: 'create', channels: ['email', 'sms'] },
    problems: [],
    repairs: [],
    ...change,
  });
  const readdressed = ({ row }: RowSnapshot, email = `${uniqueName('new-')}@example.com`): Correction => ({
    row: { ...row, person: { ...invited, email, emailKey: email } },
    person: { id: invited._id, fields: { email, emailKey: email }, readdressed: ['email'] },
    invitations: [{ channel: 'email', state: 'pending' }],
    opens: true,
  });
  /** Corrects the row, with something happening between the first decision and the deed. */
  async function correctAround(
    meanwhile: () => Promise<unknown>,
    decide = (snapshot: RowSnapshot) => readdressed(snapshot),
  ) {
    const seen: RowSnapshot[] = [];
    const result = await scratch.store.corrections.correct(importId, 2, async (snapshot) => {
      seen.push(snapshot);
      const correction = decide(snapshot);
      if (seen.length === 1) await meanwhile();
      return correction;
    });
    return { seen, result };
  }
  const find = () => scratch.collections.imports.findOne({ _id: importId });
  const invitationsOf = (personId: string) =>
    scratch.collections.invitations.find({ personId }).sort({ generation: 1 }).toArray();

  test('When a row is corrected, then row, person, invitation and import change together', async () => {
    const { result } = await correctAround(async () => undefined);
    const found = await find();
    expect(found).toMatchObject({ status: 'creating', revision: 5, wakeAt: expect.any(Date) as Date });
    expect(found).not.toHaveProperty('closedAt');
    expect(result).toEqual({ kind: 'corrected' });
    const [old, fresh, ...others] = await invitationsOf(invited._id);
    expect(others).toEqual([]);
    expect(old).toMatchObject({ generation: 1, state: 'failed', superseded: true });
    expect(fresh).toMatchObject({ generation: 2, state: 'pending', superseded: false, attempts: 0 });
    expect(fresh!.trail).toMatchObject([{ state: 'pending' }]);
    expect(fresh!.token).not.toBe(old!.token);
    // At the new address nobody was reminded, and nobody has wished for anything.
    expect(fresh).not.toHaveProperty('reminders');
    expect(await scratch.collections.people.findOne({ _id: invited._id })).toMatchObject({ optedOut: [] });
    expect(await scratch.collections.rows.findOne({ importId })).toMatchObject({ status: 'created', corrections: 1 });
  });

  test('When somebody unsubscribes at an address that is no longer the person’s, then the person gets messages all the same', async () => {
    await correctAround(async () => undefined);
    const [old, fresh] = await invitationsOf(invited._id);
    const unsubscribe = ({ _id }: InvitationDoc) =>
      scratch.store.reports.apply([
        { eventId: uniqueName('event-'), channel: 'email', kind: 'opted-out', invitationId: _id },
      ]);
    const optedOut = async () => (await scratch.collections.people.findOne({ _id: invited._id }))!.optedOut;
    await unsubscribe(old!);
    expect([await optedOut(), (await invitationsOf(invited._id))[1]!.state]).toEqual([[], 'pending']);
    await unsubscribe(fresh!);
    expect([await optedOut(), (await invitationsOf(invited._id))[1]!.state]).toEqual([['email'], 'suppressed']);
  });

  test.each(['paused', 'inviting'] as const)(
    'When the import is %s, then it stays so and counts anew',
    async (status) => {
      await scratch.collections.imports.updateOne({ _id: importId }, { $set: { status } });
      await correctAround(async () => undefined);
      expect(await find()).toMatchObject({ status, revision: 5, wakeAt: expect.any(Date) as Date });
    },
  );

  test('When the decision is a refusal, or nothing is new, then nothing is written', async () => {
    const before = await find();
    const refuse = scratch.store.corrections.correct(importId, 2, () => Promise.reject(new Error('refused')));
    await expect(refuse).rejects.toThrow('refused');
    const corrections = scratch.store.corrections;
    expect(await corrections.correct(importId, 2, async () => null)).toEqual({ kind: 'unchanged' });
    expect(await corrections.correct(importId, 99, async () => null)).toEqual({ kind: 'unknown' });
    expect(await find()).toEqual(before);
    expect(await invitationsOf(invited._id)).toEqual([failed]);
  });

  test('When a retry opens the invitation meanwhile, then the decision is made anew and knows of it', async () => {
    const { seen } = await correctAround(
      () => scratch.store.generations.open({ importId, retryId: 'retry' }),
      (snapshot) => readdressed(snapshot),
    );
    expect(seen.map(({ invitations }) => invitations.map(({ state }) => state))).toEqual([['failed'], ['pending']]);
  });

  test('When another import invites the same person again meanwhile, then the decision is made anew', async () => {
    const other = sentInvitation(invited, { state: 'failed', createdAt: new Date(Date.now() + 60_000) });
    await scratch.collections.invitations.insertOne(other);
    await scratch.collections.imports.insertOne(importDoc({ _id: other.importId }));
    const { seen } = await correctAround(() =>
      scratch.store.generations.open({ importId: other.importId, retryId: 'retry' }),
    );
    const states = seen.map(({ invitations }) => invitations.map(({ state }) => state).sort());
    expect(states).toEqual([
      ['failed', 'failed'],
      ['failed', 'pending'],
    ]);
  });

  test.each<[string, () => Promise<unknown>, (snapshot: RowSnapshot) => unknown]>([
    [
      'the import is cancelled',
      () => scratch.collections.imports.updateOne({ _id: importId }, { $set: { status: 'cancelled' } }),
      ({ importDoc: found }) => found.status,
    ],
    [
      'the person joins',
      () => scratch.collections.people.updateOne({ _id: invited._id }, { $set: { active: true } }),
      ({ person: known }) => known!.active,
    ],
    [
      'another correction changes the row',
      () => scratch.collections.rows.updateOne({ importId }, { $set: { corrections: 7 } }),
      ({ row }) => row.corrections,
    ],
  ])('When %s meanwhile, then the decision is made anew', async (_what, act, of) => {
    const { seen } = await correctAround(act);
    expect(seen).toHaveLength(2);
    expect(of(seen[1]!)).not.toEqual(of(seen[0]!));
  });

  test('When somebody else takes the address meanwhile, then nothing is done before the decision is made anew', async () => {
    const email = `${uniqueName('taken-')}@example.com`;
    let decisions = 0;
    const correct = scratch.store.corrections.correct(importId, 2, async (snapshot) => {
      if (++decisions === 2) throw new Error('taken');
      await scratch.collections.people.insertOne(person(org, { email, emailKey: email }));
      return readdressed(snapshot, email);
    });
    await expect(correct).rejects.toThrow('taken');
    expect(await invitationsOf(invited._id)).toEqual([failed]);
    expect(await find()).toMatchObject({ status: 'completed', revision: 4 });
  });

  test('When the client team is removed meanwhile, then the decision is made anew', async () => {
    const teamId = uniqueName('team-');
    await scratch.collections.clientTeams.insertOne({
      _id: teamId,
      organisationId: org,
      name: teamId,
      nameKey: teamId,
    });
    const { seen, result } = await correctAround(
      () => scratch.store.teamChanges.remove(org, teamId),
      ({ row }) => ({
        row,
        person: { id: invited._id, fields: seenTwice() ? {} : { teamIds: [teamId] }, readdressed: [] },
        invitations: [],
        opens: false,
      }),
    );
    expect(seen).toHaveLength(2);
    expect(result).toEqual({ kind: 'corrected' });
    expect(await scratch.collections.people.findOne({ _id: invited._id })).toMatchObject({ teamIds: [] });
  });
  let decisions = 0;
  const seenTwice = (): boolean => ++decisions > 1;

  test('When a member of staff is the last one in a team, then the team keeps them and nothing else is changed', async () => {
    const teamId = uniqueName('team-');
    const name = 'Lonely';
    await scratch.collections.clientTeams.insertOne({ _id: teamId, organisationId: org, name, nameKey: teamId });
    const member = staffMember(org, { _id: rowId(importId, 3), teamIds: [teamId] });
    await scratch.collections.people.insertOne(member);
    await scratch.collections.rows.insertOne(rowDoc({ _id: rowId(importId, 3), row: 3, person: member }));
    const result = await scratch.store.corrections.correct(importId, 3, async ({ row }) => ({
      row: { ...row, status: 'updated' },
      person: { id: member._id, fields: { firstName: 'Changed', teamIds: [] }, readdressed: [] },
      invitations: [],
      opens: false,
    }));
    expect(result).toMatchObject({ kind: 'last-member', team: name });
    expect(await scratch.collections.people.findOne({ _id: member._id })).toEqual(member);
    expect(await scratch.collections.rows.findOne({ importId, row: 3 })).toMatchObject({ status: 'created' });
  });

  test('When an address is looked for among the other rows, then those that have a claim to it are found', async () => {
    const rows = [
      rowDoc({ _id: rowId(importId, 3), row: 3, status: 'waiting', person: { ...invited, emailKey: 'waits' } }),
      rowDoc({ _id: rowId(importId, 4), row: 4, status: 'rejected', person: { ...invited, emailKey: 'refused' } }),
      rowDoc({
        _id: rowId(importId, 5),
        row: 5,
        status: 'updated',
        plan: { action: 'update', personId: 'known', channels: [] },
      }),
    ];
    await scratch.collections.rows.insertMany(rows);
    const look = (except: number, key: string, holder?: string) =>
      scratch.store.corrections.findRowWithAddress(importId, except, key, holder);
    expect(await look(2, 'waits')).toBe(3);
    expect(await look(3, 'waits')).toBeNull();
    expect(await look(2, 'refused')).toBeNull();
    expect(await look(2, 'any', 'known')).toBe(5);
    expect(await look(3, 'any', rowId(importId, 2))).toBe(2);
    expect(await look(2, 'any', rowId(importId, 2))).toBeNull();
    expect(await look(2, 'any', 'nobody')).toBeNull();
  });

  test.each(['inviting', 'completed'] as const)(
    'When nothing is left to do in an import that is %s, then its workflow hears of it only if it has not ended',
    async (status) => {
      await scratch.collections.imports.updateOne({ _id: importId }, { $set: { status } });
      const result = await scratch.store.corrections.correct(importId, 2, async ({ row }) => ({
        row,
        invitations: [],
        opens: false,
      }));
      expect(result).toEqual({ kind: 'corrected' });
      const found = (await find())!;
      expect(found).toMatchObject({ status, revision: 4 });
      expect(found.wakeAt !== undefined).toBe(status === 'inviting');
    },
  );

  test('When rows are planned anew from their file, then one that was corrected by hand stays as it is', async () => {
    const waiting = rowDoc({ status: 'pending', corrections: 1 });
    await scratch.collections.rows.replaceOne({ _id: waiting._id }, waiting);
    await scratch.store.rows.replan([rowDoc({ status: 'rejected', person: null })]);
    expect(await scratch.collections.rows.findOne({ _id: waiting._id })).toEqual(waiting);
  });
});

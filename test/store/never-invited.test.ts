import type { Channel } from '../../contract/invitation';
import type { InvitationDoc, PersonDoc, RowDoc } from '../../store/documents';
import { personIdOf, rowId } from '../../store/documents';
import { newInvitation } from '../../store/invitations/generations';
import type { KnownInvitation } from '../../store/invitations/never-invited';
import { uniqueName } from '../support/environment';
import { openScratchStore, organisation, person, sentInvitation } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('First invitations of known people', () => {
  let scratch: ScratchStore;
  let first: string;
  beforeAll(async () => {
    scratch = await openScratchStore();
    await scratch.collections.organisations.insertOne(organisation('org'));
  });
  beforeEach(() => {
    first = uniqueName('first-');
  });
  afterAll(() => scratch.close());

  const row = (importId: string, line: number, change: Partial<RowDoc> = {}): RowDoc => ({
    _id: rowId(importId, line),
    organisationId: 'org',
    importId,
    row: line,
    status: 'pending',
    person: null,
    plan: { action: 'unchanged', channels: [] },
    problems: [],
    repairs: [],
    ...change,
  });
  /** People whom the lines of the first import have created. */
  async function created(lines: number[], change: Partial<PersonDoc> = {}): Promise<PersonDoc[]> {
    const created = lines.map((line) =>
      person('org', { _id: personIdOf(first, line), importId: first, row: line, ...change }),
    );
    await scratch.collections.people.insertMany(created);
    await scratch.collections.rows.insertMany(lines.map((line) => row(first, line, { status: 'created' })));
    return created;
  }
  const keep = (...invitations: InvitationDoc[]) => scratch.collections.invitations.insertMany(invitations);
  const cancelled = (to: PersonDoc, channel: Channel = 'sms', change: Partial<InvitationDoc> = {}) =>
    sentInvitation(to, { importId: first, row: to.row!, channel, state: 'cancelled', ...change });
  /** Another import stages the first invitations of its rows, of the same lines. */
  async function stage(people: PersonDoc[], unless: KnownInvitation['unless'], importId = uniqueName('other-')) {
    await scratch.collections.rows.insertMany(people.map((to) => row(importId, to.row!)));
    await scratch.store.knownInvitations.stage(importId, toStage(importId, people, unless));
    return importId;
  }
  const toStage = (importId: string, people: PersonDoc[], unless: KnownInvitation['unless']): KnownInvitation[] =>
    people.flatMap((to) =>
      (['email', 'sms'] as const).map((channel) => ({
        invitation: newInvitation(
          { organisationId: 'org', importId, row: to.row!, channel, personId: to._id, personKind: to.kind },
          1,
          uniqueName('token-'),
        ),
        unless,
      })),
    );
  const statesIn = async (importId: string) =>
    (await scratch.store.invitations.find({ importId })).map(({ channel, state }) => `${channel} ${state}`).sort();
  const pendingTo = (people: PersonDoc[]) =>
    scratch.collections.invitations.countDocuments({
      personId: { $in: people.map(({ _id }) => _id) },
      state: 'pending',
    });

  test('When eight imports and eight retries come at once, then each person gets one invitation per channel', async () => {
    const people = await created(Array.from({ length: 10 }, (_, i) => i + 2));
    await keep(...people.flatMap((to) => [cancelled(to, 'email'), cancelled(to, 'sms')]));
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => [
        stage(people, 'invited'),
        scratch.store.generations.open({ importId: first, retryId: `retry-${i}` }),
      ]).flat(),
    );
    expect(await pendingTo(people)).toBe(20);
  });

  test.each(['pending', 'sending', 'sent', 'delivered', 'unconfirmed', 'bounced', 'accepted'] as const)(
    'When any generation of an invitation on the other channel is %s, then the person counts as invited',
    async (state) => {
      const [to] = (await created([2])) as [PersonDoc];
      await keep(cancelled(to), cancelled(to, 'email', { state, superseded: true, generation: 1 }));
      expect(await scratch.store.generations.findOpenable({ importId: first })).toEqual([]);
      expect(await statesIn(await stage([to], 'invited'))).toEqual(['email suppressed', 'sms suppressed']);
      const known = (await scratch.store.people.findByEmail('org', [to.emailKey])).get(to.emailKey);
      expect(known).toMatchObject({ neverInvited: false });
    },
  );

  test.each(['failed', 'cancelled', 'suppressed'] as const)(
    'When all invitations are %s, then the person can be invited from a new file',
    async (state) => {
      const [to] = (await created([2])) as [PersonDoc];
      await keep(cancelled(to, 'sms', { state }), cancelled(to, 'email', { state }));
      const known = (await scratch.store.people.findByEmail('org', [to.emailKey])).get(to.emailKey);
      expect(known).toMatchObject({ neverInvited: true, underWay: [] });
      expect(await statesIn(await stage([to], 'invited'))).toEqual(['email pending', 'sms pending']);
    },
  );

  test('When the row that has created a person is still being applied, then its own import invites them', async () => {
    const [to] = (await created([2])) as [PersonDoc];
    await scratch.collections.rows.updateOne({ _id: to._id }, { $set: { status: 'pending' } });
    const known = (await scratch.store.people.findByEmail('org', [to.emailKey])).get(to.emailKey);
    expect(known).toMatchObject({ neverInvited: false, underWay: [{ channel: 'email' }, { channel: 'sms' }] });
    for (const unless of ['invited', 'under-way'] as const)
      expect(await statesIn(await stage([to], unless))).toEqual(['email suppressed', 'sms suppressed']);
  });

  test('When an invitation is only under way on one channel, then the other one is free for who asks to invite again', async () => {
    const [to] = (await created([2])) as [PersonDoc];
    await keep(cancelled(to, 'sms', { state: 'sending' }), cancelled(to, 'email', { state: 'sent' }));
    expect(await statesIn(await stage([to], 'under-way'))).toEqual(['email pending', 'sms suppressed']);
  });

  test('When the step runs twice, also after the row was applied, then nothing is staged twice', async () => {
    const people = await created([2, 3]);
    const importId = await stage(people, 'invited');
    const before = await scratch.store.invitations.find({ importId });
    await scratch.store.knownInvitations.stage(importId, toStage(importId, people, 'invited'));
    expect(await scratch.store.invitations.find({ importId })).toEqual(before);

    const late = uniqueName('late-');
    await scratch.collections.rows.insertMany(people.map((to) => row(late, to.row!, { status: 'cancelled' })));
    await scratch.store.knownInvitations.stage(late, toStage(late, people, 'under-way'));
    expect(await statesIn(late)).toEqual([]);
  });

  test.each<[string, Partial<PersonDoc>]>([
    ['joined', { active: true }],
    ['been deactivated', { deactivatedAt: new Date() }],
    ['opted out', { optedOut: ['sms'] }],
  ])('When somebody has %s meanwhile, then a retry does not open their cancelled SMS', async (_, change) => {
    const [to] = (await created([2], change)) as [PersonDoc];
    await keep(cancelled(to));
    expect(await scratch.store.generations.open({ importId: first, retryId: 'retry' })).toEqual([]);
  });

  test('When another import has a failed invitation under way again, then an older one is not retried beside it', async () => {
    const [to] = (await created([2])) as [PersonDoc];
    const older = sentInvitation(to, { row: 9, channel: 'sms', state: 'pending', createdAt: new Date(0) });
    await keep(older, cancelled(to, 'sms', { state: 'failed', code: 'invitation.not-reachable' }));
    expect(await scratch.store.generations.findOpenable({ importId: first })).toEqual([]);
  });

  test('When a class of failures is named, then cancelled invitations belong to the transient ones', async () => {
    const [to] = (await created([2])) as [PersonDoc];
    await keep(cancelled(to));
    const count = async (classes: ('transient' | 'permanent')[]) =>
      (await scratch.store.generations.findOpenable({ importId: first, classes })).length;
    expect([await count(['permanent']), await count(['transient'])]).toEqual([0, 1]);
  });
});

import type { InvitationState } from '../../contract/invitation';
import type { ImportDoc, InvitationDoc, PersonDoc } from '../../store/documents';
import { invitationId } from '../../store/documents';
import { uniqueName } from '../support/environment';
import { openScratchStore, organisation, person, sentInvitation, staffMember } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

const DAY_MS = 86_400_000;

describe('Accepting an invitation', () => {
  let scratch: ScratchStore;
  let org: string;
  let invited: PersonDoc;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(async () => {
    org = uniqueName('org-');
    invited = person(org);
    await scratch.collections.organisations.insertOne(organisation(org));
    await scratch.collections.people.insertOne(invited);
  });
  afterAll(() => scratch.close());

  const send = async (...invitations: InvitationDoc[]): Promise<void> =>
    void (await scratch.collections.invitations.insertMany(invitations));
  const accept = (invitation: InvitationDoc, now?: Date) => scratch.store.acceptance.accept(invitation.token, now);
  const stateOf = async ({ _id }: InvitationDoc) => (await scratch.collections.invitations.findOne({ _id }))!.state;
  const isActive = async (id = invited._id) => (await scratch.collections.people.findOne({ _id: id }))!.active;

  test('When a link is followed, then the person is active from now on and the answer names the organisation', async () => {
    const invitation = sentInvitation(invited);
    await send(invitation);
    expect(await accept(invitation)).toEqual({
      kind: 'accepted',
      organisationName: `Name of ${org}`,
      personKind: 'client',
      becameActive: true,
      importIds: [invitation.importId],
    });
    expect(await stateOf(invitation)).toBe('accepted');
    const found = await scratch.collections.people.findOne({ _id: invited._id });
    expect(found).toMatchObject({ active: true, activeSince: expect.any(Date) as Date });
  });

  test('When a link is only looked at, then it tells its state as following it would, and nothing is written', async () => {
    const [older, newer] = [{ createdAt: new Date(Date.now() - DAY_MS) }, {}].map((change) =>
      sentInvitation(invited, change),
    );
    await send(older!, newer!);
    const everything = async () =>
      Promise.all([scratch.collections.invitations.find().toArray(), scratch.collections.people.find().toArray()]);
    const before = await everything();
    const look = (token: string, now?: Date) => scratch.store.acceptance.look(token, now);
    const organisationName = `Name of ${org}`;
    expect(await look('nobody')).toEqual({ kind: 'unknown' });
    expect(await look(older!.token)).toEqual({ kind: 'replaced', organisationName });
    expect(await look(newer!.token)).toEqual({ kind: 'open', organisationName });
    const inAMonth = new Date(Date.now() + 31 * DAY_MS);
    expect(await look(newer!.token, inAMonth)).toEqual({ kind: 'expired', organisationName });
    expect(await everything()).toEqual(before);

    await accept(newer!);
    expect(await look(newer!.token, inAMonth)).toEqual({ kind: 'accepted', organisationName });
    await scratch.collections.people.updateOne({ _id: invited._id }, { $set: { deactivatedAt: new Date() } });
    expect(await look(newer!.token)).toEqual({ kind: 'withdrawn' });
  });

  test.each<[InvitationState, boolean]>([
    ['sending', false],
    ['sent', false],
    ['delivered', false],
    ['pending', true],
    ['bounced', true],
    ['failed', true],
    ['unconfirmed', true],
  ])(
    'When an invitation that was %s is accepted, then whether its workflow waits for that is %s',
    async (state, isAwaited) => {
      const invitation = sentInvitation(invited, { state });
      await send(invitation);
      await scratch.collections.imports.insertOne({ _id: invitation.importId, status: 'needs-attention' } as ImportDoc);
      await accept(invitation);
      expect('wakeAt' in (await scratch.store.imports.find(invitation.importId))!).toBe(isAwaited);
    },
  );

  test.each<[InvitationState, number, string]>([
    ['sending', 1, 'accepted'],
    ['sent', 1, 'accepted'],
    ['delivered', 1, 'accepted'],
    ['unconfirmed', 1, 'accepted'],
    ['bounced', 1, 'accepted'],
    ['failed', 1, 'accepted'],
    // Given back by an attempt whose message arrived all the same.
    ['pending', 1, 'accepted'],
    ['pending', 0, 'unknown'],
    ['suppressed', 0, 'unknown'],
    ['cancelled', 0, 'unknown'],
    ['failed', 0, 'unknown'],
  ])('When an invitation is %s after %i attempts, then its link is %s', async (state, attempts, expected) => {
    const invitation = sentInvitation(invited, { state, attempts, code: 'invitation.unconfirmed' });
    await send(invitation);
    expect((await accept(invitation)).kind).toBe(expected);
    expect(await stateOf(invitation)).toBe(expected === 'accepted' ? 'accepted' : state);
    expect(await isActive()).toBe(expected === 'accepted');
    const stored = await scratch.collections.invitations.findOne({ _id: invitation._id });
    expect(stored!.code).toBe(expected === 'accepted' ? undefined : 'invitation.unconfirmed');
  });

  test('When a token is nobody’s, then it is unknown', async () => {
    expect(await scratch.store.acceptance.accept('nobody')).toEqual({ kind: 'unknown' });
  });

  test('When a link is followed twice, and then that of the other channel, then each is accepted and one made the person active', async () => {
    const [email, sms] = [sentInvitation(invited), sentInvitation(invited, { channel: 'sms' })];
    await send(email, sms);
    const answers = [await accept(email), await accept(email), await accept(sms)];
    expect(answers).toMatchObject([
      { kind: 'accepted', becameActive: true },
      { kind: 'accepted', becameActive: false, importIds: [] },
      { kind: 'accepted', becameActive: false, importIds: [sms.importId] },
    ]);
    expect([await stateOf(email), await stateOf(sms)]).toEqual(['accepted', 'accepted']);
  });

  test('When somebody accepts, then what was not sent to them yet is not sent, in any import; others’ is', async () => {
    const email = sentInvitation(invited);
    const pending = { state: 'pending', attempts: 0 } as const;
    const [own, elsewhere] = [
      sentInvitation(invited, { importId: email.importId, channel: 'sms', ...pending }),
      sentInvitation(invited, { channel: 'sms', ...pending }),
    ];
    const neighbour = sentInvitation(person(org), { importId: email.importId, row: 3, ...pending });
    await send(email, own, elsewhere, neighbour);
    const answer = await accept(email);
    const stored = await scratch.collections.invitations
      .find({ _id: { $in: [own._id, elsewhere._id, neighbour._id] } })
      .toArray();
    expect(new Map(stored.map(({ _id, state, code }) => [_id, [state, code]]))).toEqual(
      new Map([
        [own._id, ['suppressed', 'invitation.already-accepted']],
        [elsewhere._id, ['suppressed', 'invitation.already-accepted']],
        [neighbour._id, ['pending', undefined]],
      ]),
    );
    expect(answer.kind === 'accepted' && answer.importIds.sort()).toEqual([email.importId, elsewhere.importId].sort());
  });

  describe('of which there are several', () => {
    const earlier = new Date(Date.now() - DAY_MS);

    test.each<[InvitationState, string]>([
      ['sending', 'replaced'],
      ['sent', 'replaced'],
      ['delivered', 'replaced'],
      ['unconfirmed', 'replaced'],
      ['bounced', 'replaced'],
      ['pending', 'accepted'],
      ['failed', 'accepted'],
      ['suppressed', 'accepted'],
      ['cancelled', 'accepted'],
    ])('When a newer one is %s, then the older link is %s', async (state, expected) => {
      const older = sentInvitation(invited, { createdAt: earlier });
      const newer = sentInvitation(invited, { state });
      await send(older, newer);
      expect((await accept(older)).kind).toBe(expected);
      expect(await stateOf(older)).toBe(expected === 'accepted' ? 'accepted' : 'sent');
      expect(await isActive()).toBe(expected === 'accepted');
    });

    test('When the newest link is followed, then it works', async () => {
      const older = sentInvitation(invited, { createdAt: earlier });
      const newer = sentInvitation(invited);
      await send(older, newer);
      expect([(await accept(older)).kind, (await accept(newer)).kind]).toEqual(['replaced', 'accepted']);
    });

    test('When the newer one went out on the other channel, or to somebody else, then the older link works', async () => {
      const older = sentInvitation(invited, { createdAt: earlier });
      await send(older, sentInvitation(invited, { channel: 'sms' }), sentInvitation(person(org)));
      expect((await accept(older)).kind).toBe('accepted');
    });

    test('When a row was sent again, then the generation tells which is newer, whatever the clocks said', async () => {
      const first = sentInvitation(invited, { superseded: true });
      const second = sentInvitation(invited, { importId: first.importId, generation: 2, createdAt: earlier });
      await send(first, second);
      expect([(await accept(first)).kind, (await accept(second)).kind]).toEqual(['replaced', 'accepted']);
    });

    test('When two were written in the same moment, then exactly one of their links works', async () => {
      const pair = [sentInvitation(invited, { createdAt: earlier }), sentInvitation(invited, { createdAt: earlier })];
      await send(...pair);
      const kinds = [];
      for (const one of pair) kinds.push((await accept(one)).kind);
      expect(kinds.sort()).toEqual(['accepted', 'replaced']);
    });
  });

  test('When a link is older than the organisation allows, then it has expired; one that was accepted stays so', async () => {
    await scratch.store.organisations.change(org, { invitationDays: 2 });
    const sent = new Date();
    const [email, sms] = [
      sentInvitation(invited, { createdAt: sent }),
      sentInvitation(invited, { channel: 'sms', createdAt: sent }),
    ];
    await send(email, sms);
    const after = (days: number) => new Date(sent.getTime() + days * DAY_MS);
    expect((await accept(email, after(2.1))).kind).toBe('expired');
    expect(await isActive()).toBe(false);
    expect((await accept(email, after(1.9))).kind).toBe('accepted');
    expect((await accept(email, after(2.1))).kind).toBe('accepted');
    expect((await accept(sms, after(2.1))).kind).toBe('expired');
  });

  test('When the person was removed, then the invitation no longer holds', async () => {
    const invitation = sentInvitation(invited);
    await send(invitation);
    await scratch.collections.people.deleteOne({ _id: invited._id });
    expect(await accept(invitation)).toEqual({ kind: 'withdrawn' });
  });

  describe('of staff who are deactivated', () => {
    let member: PersonDoc;
    beforeEach(async () => {
      member = staffMember(org, { teamIds: ['team'] });
      await scratch.collections.people.insertOne(member);
    });

    test('When they were invited or had accepted, then no link makes them active until an administrator does', async () => {
      const [email, sms] = [sentInvitation(member), sentInvitation(member, { channel: 'sms' })];
      await send(email, sms);
      expect(await accept(email)).toMatchObject({ kind: 'accepted', personKind: 'staff' });
      await scratch.store.staff.deactivate(org, member._id);
      expect([await accept(email), await accept(sms)]).toEqual([{ kind: 'withdrawn' }, { kind: 'withdrawn' }]);
      expect(await isActive(member._id)).toBe(false);
      await scratch.store.staff.activate(org, member._id);
      expect(await accept(sms)).toMatchObject({ kind: 'accepted', becameActive: false });
      expect(await isActive(member._id)).toBe(true);
    });

    test('When a message was on its way to them, then it is not sent', async () => {
      const pending = sentInvitation(member, { state: 'pending', attempts: 0 });
      await send(pending);
      await scratch.collections.imports.insertOne({ _id: pending.importId, status: 'paused' } as ImportDoc);
      await scratch.store.staff.deactivate(org, member._id);
      expect(await stateOf(pending)).toBe('suppressed');
      // Its workflow may have waited for that message alone.
      expect((await scratch.store.imports.find(pending.importId))!.wakeAt).toBeInstanceOf(Date);
    });

    test('When an administrator activates twice, then they are active since the first time', async () => {
      const first = await scratch.store.staff.activate(org, member._id);
      const second = await scratch.store.staff.activate(org, member._id);
      expect(first).toMatchObject({ active: true, activeSince: expect.any(Date) as Date });
      expect(second).toEqual(first);
    });

    test('When they belong to another organisation, or are clients, then they are not found and stay as they are', async () => {
      for (const [where, id] of [
        ['another', member._id],
        [org, invited._id],
      ] as const) {
        expect(await scratch.store.staff.activate(where, id)).toBeNull();
        expect(await scratch.store.staff.deactivate(where, id)).toBeNull();
        expect(await scratch.collections.people.findOne({ _id: id })).not.toHaveProperty('deactivatedAt');
        expect(await isActive(id)).toBe(false);
      }
    });
  });

  describe('at the same moment as something else', () => {
    const ROUNDS = 15;

    test('When ten follow one link at once, then all are told the same and the person became active once', async () => {
      const invitation = sentInvitation(invited);
      await send(invitation);
      const answers = await Promise.all(Array.from({ length: 10 }, () => accept(invitation)));
      expect(answers.every(({ kind }) => kind === 'accepted')).toBe(true);
      expect(answers.filter((answer) => answer.kind === 'accepted' && answer.becameActive)).toHaveLength(1);
    });

    test('When the links of both channels are followed at once, then both are accepted', async () => {
      const pair = [sentInvitation(invited), sentInvitation(invited, { channel: 'sms' })];
      await send(...pair);
      const answers = await Promise.all(pair.map((one) => accept(one)));
      expect(answers.filter((answer) => answer.kind === 'accepted' && answer.becameActive)).toHaveLength(1);
      expect(await Promise.all(pair.map(stateOf))).toEqual(['accepted', 'accepted']);
    });

    test('When the answer of the provider comes after the person’s, then the invitation stays accepted', async () => {
      const invitation = sentInvitation(invited, { state: 'pending', attempts: 0 });
      await send(invitation);
      await scratch.store.ledger.claim([invitation._id], 'one');
      expect((await accept(invitation)).kind).toBe('accepted');
      await scratch.store.ledger.record([{ id: invitation._id, attemptId: 'one', state: 'sent', providerId: 'SM1' }]);
      await scratch.store.ledger.release([invitation._id], 'one');
      expect(await stateOf(invitation)).toBe('accepted');
    });

    test('When another message is just being claimed, then it is either sent or suppressed, never both', async () => {
      for (let i = 0; i < ROUNDS; i++) {
        const someone = person(org);
        await scratch.collections.people.insertOne(someone);
        const email = sentInvitation(someone);
        const sms = sentInvitation(someone, { channel: 'sms', state: 'pending', attempts: 0 });
        await send(email, sms);
        const [answer, claimed] = await Promise.all([accept(email), scratch.store.ledger.claim([sms._id], 'one')]);
        expect(answer.kind).toBe('accepted');
        expect(await stateOf(sms)).toBe(claimed.length === 1 ? 'sending' : 'suppressed');
      }
    });

    test('When a newer one is just being claimed, then either it is sent or the older link has worked', async () => {
      for (let i = 0; i < ROUNDS; i++) {
        const someone = person(org);
        await scratch.collections.people.insertOne(someone);
        const older = sentInvitation(someone, { createdAt: new Date(Date.now() - DAY_MS) });
        const newer = sentInvitation(someone, { state: 'pending', attempts: 0 });
        await send(older, newer);
        const [answer, claimed] = await Promise.all([accept(older), scratch.store.ledger.claim([newer._id], 'one')]);
        expect([answer.kind, claimed.length]).toEqual(answer.kind === 'accepted' ? ['accepted', 0] : ['replaced', 1]);
        expect(await isActive(someone._id)).toBe(answer.kind === 'accepted');
      }
    });

    test('When support sends it again, then the link has worked, and nothing more is sent to who is active', async () => {
      for (let i = 0; i < ROUNDS; i++) {
        const someone = person(org);
        await scratch.collections.people.insertOne(someone);
        const invitation = sentInvitation(someone, { state: 'bounced' });
        await send(invitation);
        const { importId, row, channel } = invitation;
        const importDoc = { _id: importId, status: 'needs-attention', retries: [] as string[], revision: 0 };
        await scratch.collections.imports.insertOne(importDoc as ImportDoc);
        const [answer, opened] = await Promise.all([
          accept(invitation),
          scratch.store.generations.open({ importId, retryId: 'retry' }),
        ]);
        expect(answer.kind).toBe('accepted');
        const next = await scratch.collections.invitations.findOne({ _id: invitationId(importId, row, channel, 2) });
        expect(next?.state).toBe(opened.length === 0 ? undefined : 'suppressed');
      }
    });
  });
});

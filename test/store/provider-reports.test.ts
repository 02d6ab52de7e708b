import fc from 'fast-check';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { ImportStatus } from '../../contract/import-status';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import type { Collections, ImportDoc, InvitationDoc, PersonDoc } from '../../store/documents';
import { transitionFilter, transitionUpdate } from '../../store/invitations/transition-update';
import { createProviderReports } from '../../store/provider-reports/provider-reports';
import { uniqueName } from '../support/environment';
import { openScratchStore, person, sentInvitation, stagedRow } from '../support/scratch-store';
import type { ScratchStore } from '../support/scratch-store';

describe('What providers report', () => {
  let scratch: ScratchStore;
  let invited: PersonDoc;
  beforeAll(async () => {
    scratch = await openScratchStore();
  });
  beforeEach(async () => {
    invited = person(uniqueName('org-'), { mobile: uniqueName('+') });
    await scratch.collections.people.insertOne(invited);
  });
  afterAll(() => scratch.close());

  const put = async (change: Partial<InvitationDoc> = {}, to = invited): Promise<InvitationDoc> => {
    const invitation = sentInvitation(to, change);
    await scratch.collections.invitations.insertOne(invitation);
    return invitation;
  };
  const now = async ({ _id }: Pick<InvitationDoc, '_id'>): Promise<InvitationDoc> =>
    (await scratch.collections.invitations.findOne({ _id }))!;
  const optedOut = async (one = invited) =>
    (await scratch.collections.people.findOne({ _id: one._id }))!.optedOut ?? [];
  const report = (
    kind: ProviderReport['kind'],
    about: Pick<InvitationDoc, '_id' | 'channel'>,
    more: Partial<ProviderReport> = {},
  ): ProviderReport => ({
    eventId: uniqueName('event-'),
    channel: about.channel,
    kind,
    invitationId: about._id,
    ...(kind === 'bounced' && { code: 'invitation.bounced', providerCode: 'bounce' }),
    ...more,
  });
  const fromPhone = (kind: 'opted-out' | 'opted-in', mobile = invited.mobile): ProviderReport => ({
    eventId: uniqueName('SM'),
    channel: 'sms',
    kind,
    address: mobile,
  });
  const apply = (...reports: ProviderReport[]) => scratch.store.reports.apply(reports);
  const at = (second: number): Date => new Date(1_795_000_000_000 + second * 1000);

  test.each<[InvitationState, ProviderReport['kind'], InvitationState]>([
    ['sending', 'accepted', 'sent'],
    ['sending', 'delivered', 'delivered'],
    ['unconfirmed', 'accepted', 'sent'],
    ['unconfirmed', 'delivered', 'delivered'],
    ['failed', 'delivered', 'delivered'],
    ['sent', 'accepted', 'sent'],
    ['sent', 'delivered', 'delivered'],
    ['sent', 'bounced', 'bounced'],
    ['delivered', 'accepted', 'delivered'],
    ['delivered', 'bounced', 'bounced'],
    ['bounced', 'delivered', 'bounced'],
    ['bounced', 'accepted', 'bounced'],
    ['accepted', 'delivered', 'accepted'],
    ['accepted', 'bounced', 'accepted'],
  ])('When an invitation is %s and is reported %s, then it is %s', async (state, kind, expected) => {
    const invitation = await put({ state });
    const { importIds } = await apply(report(kind, invitation));
    expect((await now(invitation)).state).toBe(expected);
    expect(importIds).toEqual(state === expected ? [] : [invitation.importId]);
  });

  test('When one in doubt turns out delivered, then its reason is gone and its provider id is known', async () => {
    const doubted = { state: 'unconfirmed', code: 'invitation.unconfirmed', providerCode: 'deadline' } as const;
    const invitation = await put(doubted);
    await apply(report('delivered', invitation, { providerId: 'X.1' }));
    const found = await now(invitation);
    expect(found).toMatchObject({ state: 'delivered', providerId: 'X.1' });
    expect(found).not.toHaveProperty('code');
    expect(found).not.toHaveProperty('providerCode');
    expect(found.trail.at(-1)).toMatchObject({ state: 'delivered', at: expect.any(Date) as Date });
  });

  test('When a report brings another provider id than the one that is known, then that stays', async () => {
    const invitation = await put({ providerId: 'X.1' });
    const { importIds } = await apply(report('accepted', invitation, { providerId: 'Y.1' }));
    expect(await now(invitation)).toMatchObject({ providerId: 'X.1' });
    expect(importIds).toEqual([]);
  });

  test('When a send is reported before its own answer was written down, then that answer changes nothing any more', async () => {
    const invitation = await put({ state: 'sending', attempt: { id: 'one', claimedAt: new Date() } });
    await apply(report('delivered', invitation, { providerId: 'X.1' }));
    await scratch.store.ledger.record([{ id: invitation._id, attemptId: 'one', state: 'sent', providerId: 'X.1' }]);
    await scratch.store.ledger.record([{ id: invitation._id, attemptId: 'one', state: 'unconfirmed' }]);
    await scratch.store.ledger.release([invitation._id], 'one');
    expect((await now(invitation)).state).toBe('delivered');
  });

  test('When a report is about no invitation of ours, then nothing happens', async () => {
    expect(await apply(report('delivered', { _id: 'import:2:email:1', channel: 'email' }))).toEqual({ importIds: [] });
    expect(await apply()).toEqual({ importIds: [] });
    expect(await apply(fromPhone('opted-out', '+10000000'))).toEqual({ importIds: [] });
  });

  test('When an older generation is reported, then it is written down and the import has not changed by it', async () => {
    const old = await put({ superseded: true, state: 'unconfirmed' });
    expect(await apply(report('delivered', old))).toEqual({ importIds: [] });
    expect((await now(old)).state).toBe('delivered');
  });

  describe('of a message that had failed for now', () => {
    const FOR_NOW = { code: 'invitation.undelivered', providerCode: '30003' } as const;
    const openRetry = async ({ importId }: InvitationDoc): Promise<InvitationDoc[]> => {
      const importDoc = { _id: importId, status: 'needs-attention', retries: [], revision: 0 };
      await scratch.collections.imports.insertOne(importDoc as unknown as ImportDoc);
      return scratch.store.generations.open({ importId, retryId: uniqueName('retry-') });
    };

    test('When it is delivered after all, then no retry offers it any more, whichever report comes first', async () => {
      for (const order of ['failed first', 'delivered first']) {
        const invitation = await put({ channel: 'sms' });
        const reports = [report('bounced', invitation, FOR_NOW), report('delivered', invitation)];
        for (const one of order === 'failed first' ? reports : reports.toReversed()) await apply(one);
        const found = await now(invitation);
        expect(found.state).toBe('delivered');
        expect(found).not.toHaveProperty('code');
        expect(found).not.toHaveProperty('providerCode');
        expect(await openRetry(invitation)).toEqual([]);
      }
    });

    test('When its retry is pending, then it is not sent, however often the report comes', async () => {
      const invitation = await put({ channel: 'sms' });
      await apply(report('bounced', invitation, FOR_NOW));
      const [opened] = await openRetry(invitation);
      const delivered = report('delivered', invitation);
      expect(await apply(delivered)).toEqual({ importIds: [invitation.importId] });
      expect(await apply(delivered)).toEqual({ importIds: [] });
      expect(await now(opened!)).toMatchObject({ state: 'suppressed', code: 'invitation.already-delivered' });
      expect(await scratch.store.ledger.claim([opened!._id], 'late')).toEqual([]);
    });

    test('When the API had died after the report and before the retry was ended, then the repeated report ends it', async () => {
      const invitation = await put({ channel: 'sms' });
      await apply(report('bounced', invitation, FOR_NOW));
      const [opened] = await openRetry(invitation);
      await scratch.collections.invitations.updateOne(
        transitionFilter('reportDeliveredAfterAll', { _id: invitation._id }),
        transitionUpdate('reportDeliveredAfterAll'),
      );
      await apply(report('delivered', invitation));
      expect((await now(opened!)).state).toBe('suppressed');
    });

    test('When its retry was claimed before the report, then that is sent, and both say what is true', async () => {
      const invitation = await put({ channel: 'sms' });
      await apply(report('bounced', invitation, FOR_NOW));
      const [opened] = await openRetry(invitation);
      await scratch.store.ledger.claim([opened!._id], 'one');
      await apply(report('delivered', invitation));
      await scratch.store.ledger.record([{ id: opened!._id, attemptId: 'one', state: 'sent', providerId: 'SM2' }]);
      expect([(await now(invitation)).state, (await now(opened!)).state]).toEqual(['delivered', 'sent']);
    });
  });

  test('When one message is told to have failed for two reasons, then the weightier stays, whichever came first', async () => {
    const reasons: Partial<ProviderReport>[] = [
      { code: 'invitation.undelivered', providerCode: 'blocked' },
      { code: 'invitation.bounced', providerCode: 'bounce' },
    ];
    for (const order of [reasons, reasons.toReversed()]) {
      const invitation = await put();
      for (const reason of order) await apply(report('bounced', invitation, reason));
      expect(await now(invitation)).toMatchObject({ code: 'invitation.bounced', providerCode: 'bounce' });
    }
  });

  describe('about what people want', () => {
    test('When somebody unsubscribes, then what is not sent to them is not, and the newest invitation says why', async () => {
      const older = await put({ createdAt: at(1), row: 2 });
      const newest = await put({ createdAt: at(2), row: 3, state: 'delivered' });
      const pending = await put({ createdAt: at(1), row: 4, state: 'pending' });
      const bySms = await put({ channel: 'sms', row: 5, state: 'pending' });
      const { importIds } = await apply(report('opted-out', older));
      expect(await optedOut()).toEqual(['email']);
      expect(await now(older)).not.toHaveProperty('code');
      expect(await now(newest)).toMatchObject({ state: 'delivered', code: 'invitation.opted-out' });
      expect(await now(pending)).toMatchObject({ state: 'suppressed', code: 'invitation.opted-out' });
      expect((await now(bySms)).state).toBe('pending');
      expect(importIds.sort()).toEqual([newest.importId, pending.importId].sort());
    });

    test('When a STOP comes by SMS, then it counts for everybody who has this number', async () => {
      const other = person(uniqueName('org-'), { mobile: invited.mobile });
      const stranger = person(uniqueName('org-'), { mobile: '+12035550199' });
      await scratch.collections.people.insertMany([other, stranger]);
      const pending = await put({ channel: 'sms', state: 'pending' }, other);
      await apply(fromPhone('opted-out'));
      expect([await optedOut(), await optedOut(other), await optedOut(stranger)]).toEqual([['sms'], ['sms'], []]);
      expect((await now(pending)).state).toBe('suppressed');
    });

    test('When an old STOP is told again after a START, then the START stands', async () => {
      const invitation = await put({ channel: 'sms' });
      const [stop, start] = [fromPhone('opted-out'), fromPhone('opted-in')];
      await apply(stop);
      expect(await now(invitation)).toMatchObject({ code: 'invitation.opted-out' });
      await apply(start);
      await apply(stop);
      await apply(stop, start, stop);
      expect(await optedOut()).toEqual([]);
      expect(await now(invitation)).not.toHaveProperty('code');
      await apply(fromPhone('opted-out'));
      expect(await optedOut()).toEqual(['sms']);
    });

    test('When somebody allows messages again, then what the opt-out had stopped while it waited can be sent, and nothing else', async () => {
      const stopped = await put({ channel: 'sms', state: 'pending' });
      const needless = await put({
        ...{ channel: 'sms', row: 3, state: 'suppressed', code: 'invitation.already-accepted' },
      });
      const retry = { importId: stopped.importId, retryable: {} };
      await apply(fromPhone('opted-out'));
      expect(await scratch.store.invitations.find(retry)).toEqual([]);
      await apply(fromPhone('opted-in'));
      expect(await now(stopped)).toMatchObject({ state: 'suppressed', code: 'invitation.allowed-again' });
      expect(await now(needless)).toMatchObject({ code: 'invitation.already-accepted' });
      expect((await scratch.store.invitations.find(retry)).map(({ _id }) => _id)).toEqual([stopped._id]);
      await apply(fromPhone('opted-out'));
      expect(await now(stopped)).toMatchObject({ state: 'suppressed', code: 'invitation.opted-out' });
      expect(await scratch.store.invitations.find(retry)).toEqual([]);
    });

    test('When an opt-out is heard of after a later opt-in, then the opt-in stands', async () => {
      const invitation = await put();
      await apply(report('opted-in', invitation, { at: at(60) }));
      await apply(report('opted-out', invitation, { at: at(0) }));
      expect(await optedOut()).toEqual([]);
    });

    test('When a mail was dropped because of an opt-out and the person allows mails again, then it can be sent again', async () => {
      const invitation = await put();
      const refused = { code: 'invitation.opted-out', providerCode: 'dropped-unsubscribed' } as const;
      await apply(report('bounced', invitation, refused), report('opted-out', invitation, { at: at(0) }));
      const retry = { importId: invitation.importId, retryable: {} };
      expect(await now(invitation)).toMatchObject({ state: 'bounced', code: 'invitation.opted-out' });
      expect(await scratch.store.invitations.find(retry)).toEqual([]);
      await apply(report('opted-in', invitation, { at: at(60) }));
      expect(await now(invitation)).toMatchObject({ state: 'bounced', code: 'invitation.allowed-again' });
      expect(await scratch.store.invitations.find(retry)).toHaveLength(1);
    });

    test('When STOP and START come at the same moment from many sides, then person and invitation agree in the end', async () => {
      const invitation = await put({ channel: 'sms' });
      const events = Array.from({ length: 20 }, (_, i) =>
        report(i % 2 === 0 ? 'opted-out' : 'opted-in', invitation, { at: at(i) }),
      );
      await Promise.all(events.toReversed().map((event) => apply(event)));
      expect(await optedOut()).toEqual([]);
      expect(await now(invitation)).not.toHaveProperty('code');
      await Promise.all([report('opted-out', invitation, { at: at(30) }), ...events].map((event) => apply(event)));
      expect(await optedOut()).toEqual(['sms']);
      expect(await now(invitation)).toMatchObject({ code: 'invitation.opted-out' });
    });

    test('When a person gets another mobile number, then what was asked for at the old one counts no more', async () => {
      await apply(fromPhone('opted-out'), report('opted-out', await put()));
      const by = { importId: 'import', row: 2 };
      await scratch.collections.rows.insertOne(stagedRow(invited, by));
      await scratch.store.people.update(invited.organisationId, [
        { personId: invited._id, fields: { mobile: '+12035550123' }, by },
      ]);
      expect(await optedOut()).toEqual(['email']);
      await apply(fromPhone('opted-out'));
      expect(await optedOut()).toEqual(['email']);
    });

    test('When somebody who has joined wants no more messages, then their invitation stays as it is', async () => {
      const invitation = await put({ state: 'accepted' });
      await apply(report('opted-out', invitation));
      expect(await now(invitation)).not.toHaveProperty('code');
    });
  });

  describe('while other parts of the store write the same invitation', () => {
    const CLAIMED: Partial<InvitationDoc> = { state: 'sending', attempt: { id: 'one', claimedAt: new Date(0) } };
    const by =
      (state: 'sent' | 'failed' | 'unconfirmed', more: object = {}) =>
      async (one: InvitationDoc) =>
        scratch.store.ledger.record([{ id: one._id, attemptId: 'one', state, ...more }]);

    test.each<[string, Partial<InvitationDoc>, (one: InvitationDoc) => Promise<unknown>, InvitationState[]]>([
      ['the ledger records it as sent', CLAIMED, by('sent', { providerId: 'X.1' }), ['sent', 'delivered']],
      ['the ledger records it as failed', CLAIMED, by('failed', { providerCode: '400' }), ['failed', 'delivered']],
      ['the ledger doubts it', CLAIMED, by('unconfirmed'), ['unconfirmed', 'delivered']],
      [
        'the ledger gives its claim back',
        CLAIMED,
        (one) => scratch.store.ledger.release([one._id], 'one'),
        ['pending', 'delivered'],
      ],
      [
        'the ledger claims it',
        { state: 'pending' },
        (one) => scratch.store.ledger.claim([one._id], 'two'),
        ['sending', 'delivered'],
      ],
      [
        'its import is cancelled',
        { state: 'pending' },
        (one) => scratch.store.ledger.endPending(one.importId, {}, 'cancelled'),
        ['cancelled', 'delivered'],
      ],
      ['another report comes', {}, (one) => apply(report('bounced', one)), ['bounced']],
      ['its person opts out', {}, (one) => apply(report('opted-out', one)), ['delivered']],
      [
        'its person joins',
        {},
        (one) =>
          scratch.collections.invitations.updateOne(
            transitionFilter('join', { _id: one._id }),
            transitionUpdate('join', {}, ['code', 'providerCode']),
          ),
        ['accepted'],
      ],
      [
        'a retry takes its place',
        CLAIMED,
        (one) => scratch.collections.invitations.updateOne({ _id: one._id }, { $set: { superseded: true } }),
        ['delivered'],
      ],
    ])('no report and no write is lost when %s between the read and the write', async (_, before, meanwhile, trail) => {
      const invitation = await put({ providerCode: 'old', ...before });
      const interrupted = createProviderReports(interfering(async () => void (await meanwhile(invitation)), 1));
      await interrupted.apply([report('delivered', invitation, { providerId: 'X.1' })]);
      const after = await now(invitation);
      expect(after.trail.map(({ state }) => state)).toEqual(trail);
      expect(after).toMatchObject({ state: trail.at(-1), providerId: 'X.1' });
      // Later reports and repetitions agree with it.
      expect(await apply(report('delivered', invitation, { providerId: 'X.1' }))).toEqual({ importIds: [] });
    });

    test('a correction of the address makes an opt-out at the old one void', async () => {
      const invitation = await put();
      const correct = async (): Promise<void> => {
        await scratch.collections.people.updateOne({ _id: invited._id }, { $set: { email: 'new@example.com' } });
        await scratch.collections.invitations.updateOne({ _id: invitation._id }, { $set: { readdressedAt: at(0) } });
      };
      await createProviderReports(interfering(correct, 1)).apply([report('opted-out', invitation)]);
      expect(await optedOut()).toEqual([]);
    });

    test('reports that are never written are rejected, so that the provider repeats them', async () => {
      const invitation = await put();
      const change = async (): Promise<void> =>
        void (await scratch.collections.invitations.updateOne(
          { _id: invitation._id },
          { $set: { providerCode: uniqueName('') } },
        ));
      const stuck = createProviderReports(interfering(change, Infinity));
      await expect(stuck.apply([report('delivered', invitation)])).rejects.toThrow('Reports were not written');
      expect((await now(invitation)).state).toBe('sent');
    });

    /** The collections, with a change by somebody else just before each of the first `times` bulk writes. */
    function interfering(meanwhile: () => Promise<void>, times: number): Collections {
      let left = times;
      const around = <T extends object>(collection: T): T =>
        new Proxy(collection, {
          get(target, name) {
            const member: unknown = Reflect.get(target, name);
            if (typeof member !== 'function') return member;
            if (name !== 'bulkWrite') return member.bind(target) as unknown;
            return async (...args: unknown[]): Promise<unknown> => {
              if (left-- > 0) await meanwhile();
              return member.apply(target, args) as unknown;
            };
          },
        });
      const { people, invitations } = scratch.collections;
      return { ...scratch.collections, people: around(people), invitations: around(invitations) };
    }
  });

  describe('and what it means for the import', () => {
    const importOf = async ({ importId, organisationId }: InvitationDoc, status: ImportStatus): Promise<void> => {
      await scratch.collections.imports.insertOne({
        _id: importId,
        organisationId,
        status,
        revision: 7,
        plannedAt: new Date(),
        closedAt: new Date(),
      } as ImportDoc);
    };
    const stands = async ({ importId }: InvitationDoc): Promise<ImportDoc> =>
      (await scratch.collections.imports.findOne({ _id: importId }))!;

    test.each<[ImportStatus, InvitationState, ProviderReport['kind'], ImportStatus]>([
      ['completed', 'sent', 'bounced', 'needs-attention'],
      ['completed', 'sent', 'delivered', 'completed'],
      ['completed-with-problems', 'sent', 'bounced', 'needs-attention'],
      // Given up by the workflow, after however long it was open for a retry.
      ['completed-with-problems', 'unconfirmed', 'accepted', 'completed'],
      ['needs-attention', 'unconfirmed', 'delivered', 'completed'],
      ['needs-attention', 'unconfirmed', 'bounced', 'needs-attention'],
      ['cancelled', 'sent', 'bounced', 'cancelled'],
      ['failed', 'sent', 'bounced', 'failed'],
      ['waiting', 'sent', 'bounced', 'waiting'],
      ['inviting', 'sent', 'bounced', 'inviting'],
    ])(
      'When one of an import that is %s was %s and is %s, then the import is %s',
      async (before, state, kind, then) => {
        const invitation = await put({ state });
        await importOf(invitation, before);
        await apply(report(kind, invitation));
        expect((await stands(invitation)).status).toBe(then);
      },
    );

    test('When a failed invitation was given up and another one is delivered, then the import stays given up', async () => {
      const invitation = await put({ state: 'sent' });
      await put({ importId: invitation.importId, row: 3, state: 'failed' });
      const doubted = await put({ importId: invitation.importId, row: 4, state: 'unconfirmed' });
      await importOf(invitation, 'completed-with-problems');
      await apply(report('delivered', invitation), report('delivered', doubted));
      expect((await stands(invitation)).status).toBe('completed-with-problems');
    });

    test.each(['inviting', 'waiting'] as const)(
      'a workflow that has counted an import that is %s before a bounce cannot close it on that count',
      async (status) => {
        const invitation = await put({ state: 'sent' });
        await importOf(invitation, status);
        const { revision } = await stands(invitation);
        await apply(report('bounced', invitation));
        expect(await scratch.store.imports.close(invitation.importId, 'completed', revision)).toBeNull();
      },
    );

    test('When a process dies between the invitation and its import, then the report that is told again makes up for it', async () => {
      const invitation = await put({ state: 'bounced', code: 'invitation.bounced', providerCode: 'bounce' });
      const settled = await put({ state: 'delivered', trail: [{ state: 'unconfirmed', at: new Date() }] });
      await importOf(invitation, 'completed');
      await importOf(settled, 'needs-attention');
      await apply(report('bounced', invitation), report('delivered', settled));
      expect((await stands(invitation)).status).toBe('needs-attention');
      expect((await stands(settled)).status).toBe('completed');
    });

    test('When other reports come each time that it is counted, then a bounce opens the import that has ended all the same', async () => {
      const invitation = await put({ state: 'sent' });
      const doubted = await put({
        ...{ importId: invitation.importId, row: 3, state: 'delivered' },
        trail: [{ state: 'unconfirmed', at: new Date() }],
      });
      await importOf(invitation, 'completed');
      let left = 8;
      const imports = new Proxy(scratch.collections.imports, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          if (name !== 'findOneAndUpdate') return value.bind(target) as unknown;
          return async (...args: unknown[]) => {
            if (left-- > 0) await apply(report('delivered', doubted));
            return (value as (...args: unknown[]) => unknown).apply(target, args);
          };
        },
      });
      await createProviderReports({ ...scratch.collections, imports }).apply([report('bounced', invitation)]);
      expect((await stands(invitation)).status).toBe('needs-attention');
    });

    test.each<[ImportStatus, InvitationState, ProviderReport['kind'], boolean]>([
      ['inviting', 'sending', 'accepted', false],
      ['inviting', 'sent', 'delivered', false],
      ['settling', 'sending', 'bounced', false],
      ['paused', 'sending', 'delivered', false],
      ['paused', 'pending', 'delivered', true],
      ['paused', 'sent', 'bounced', true],
      ['waiting', 'sent', 'delivered', false],
      ['waiting', 'sent', 'bounced', true],
      ['needs-attention', 'sent', 'delivered', false],
      ['needs-attention', 'sent', 'bounced', true],
      ['needs-attention', 'unconfirmed', 'delivered', true],
      ['completed', 'sent', 'delivered', false],
      ['completed', 'sent', 'bounced', true],
      ['cancelled', 'sent', 'bounced', false],
    ])(
      'When one of an import that is %s was %s and is %s, then whether its workflow waits for that is %s',
      async (status, state, kind, isAwaited) => {
        const invitation = await put({ state });
        await importOf(invitation, status);
        await apply(report(kind, invitation));
        expect('wakeAt' in (await stands(invitation))).toBe(isAwaited);
        // Told again, it makes up for a process that had died in between.
        await scratch.collections.imports.updateOne({ _id: invitation.importId }, { $unset: { wakeAt: '' } });
        await scratch.collections.invitations.updateOne(
          { _id: invitation._id, 'trail.0.state': { $ne: state } },
          { $push: { trail: { $each: [{ state, at: new Date(0) }], $position: 0 } } },
        );
        await apply(report(kind, invitation));
        const { status: then } = await stands(invitation);
        expect('wakeAt' in (await stands(invitation))).toBe(isAwaited && then !== 'completed');
      },
    );

    test('marks an import that waits two seconds ahead, so that a crowd of reports is signalled once', async () => {
      const [one, other] = [await put(), await put({ channel: 'sms' })];
      await importOf(one, 'needs-attention');
      await scratch.collections.invitations.updateOne({ _id: other._id }, { $set: { importId: one.importId } });
      const before = Date.now();
      await apply(report('bounced', one));
      await apply(report('bounced', other));
      const { wakeAt } = await stands(one);
      expect(wakeAt!.getTime()).toBeGreaterThan(before + 1_900);
      expect(wakeAt!.getTime()).toBeLessThan(Date.now() + 2_000);
      expect((await scratch.store.outbox.takeSignal())?._id).not.toBe(one.importId);
    });
  });

  test('When reports come in any order, any number of times and in any crowd, then all ends as if they had come once and in order', async () => {
    const channelOf = (row: number): Channel => (row % 2 === 0 ? 'email' : 'sms');
    const kinds = fc.constantFrom<ProviderReport['kind']>('accepted', 'delivered', 'bounced', 'opted-out', 'opted-in');
    const codes = fc.constantFrom(
      { code: 'invitation.bounced', providerCode: 'bounce' } as const,
      { code: 'invitation.undelivered', providerCode: '30003' } as const,
      { code: 'invitation.undelivered' } as const,
      { code: 'invitation.opted-out', providerCode: 'dropped-unsubscribed' } as const,
    );
    const told = fc.record({ row: fc.integer({ min: 2, max: 5 }), kind: kinds, reason: codes, second: fc.nat(3) });
    const states = fc.constantFrom<InvitationState>('sending', 'sent', 'unconfirmed', 'failed');
    const scenario = fc
      .record({ before: fc.array(states, { minLength: 4, maxLength: 4 }), told: fc.array(told, { maxLength: 6 }) })
      .chain(({ before, told }) => {
        const indexes = told.map((_, i) => i);
        const copies = fc.array(fc.constantFrom(...indexes, -1), { maxLength: 5 });
        return fc.record({
          before: fc.constant(before),
          told: fc.constant(told),
          course: copies.chain((more) => {
            const all = [...indexes, ...more.filter((i) => i >= 0)];
            return fc.shuffledSubarray(all, { minLength: all.length });
          }),
          // None: each by a request of its own, all at the same moment.
          crowd: fc.integer({ min: 0, max: 4 }),
        });
      });

    async function run(before: InvitationState[], told: Told[], course: number[], crowd: number): Promise<unknown> {
      const somebody = person(uniqueName('org-'), { mobile: uniqueName('+') });
      const importId = uniqueName('import-');
      const rows = before.map((state, i) =>
        sentInvitation(somebody, {
          ...{ importId, row: i + 2, channel: channelOf(i), state, createdAt: at(i) },
          ...(state === 'failed' && { code: 'invitation.not-reachable' as const }),
          ...(state === 'unconfirmed' && { code: 'invitation.unconfirmed' as const }),
        }),
      );
      await scratch.collections.people.insertOne(somebody);
      await scratch.collections.invitations.insertMany(rows);
      await scratch.collections.imports.insertOne({
        ...{ _id: importId, organisationId: somebody.organisationId, revision: 1, plannedAt: new Date() },
        status: statusBefore(before),
      } as ImportDoc);
      const reports = told.map(({ row, kind, reason, second }, i) =>
        report(kind, rows[row - 2]!, {
          ...{ eventId: `event-${i}`, at: at(second), providerId: `id-${row}` },
          ...(kind === 'bounced' ? reason : { code: undefined, providerCode: undefined }),
        }),
      );
      const inTurn = course.map((index) => reports[index]!);
      if (crowd === 0) await Promise.all(inTurn.map((one) => apply(one)));
      else for (let i = 0; i < inTurn.length; i += crowd) await apply(...inTurn.slice(i, i + crowd));
      const found = await scratch.collections.invitations.find({ importId }).sort({ row: 1 }).toArray();
      return {
        invitations: found.map(({ row, state, code, providerCode, providerId }) => ({
          ...{ row, state, code, providerCode, providerId },
        })),
        optedOut: (await optedOut(somebody)).toSorted(),
        status: (await scratch.collections.imports.findOne({ _id: importId }))!.status,
      };
    }
    function statusBefore(before: InvitationState[]): ImportStatus {
      if (before.includes('sending')) return 'inviting';
      return before.some((state) => state !== 'sent') ? 'needs-attention' : 'completed';
    }
    type Told = { row: number; kind: ProviderReport['kind']; reason: object; second: number };

    await fc.assert(
      fc.asyncProperty(scenario, async ({ before, told, course, crowd }) => {
        const inOrder = told.map((one, i) => ({ one, i })).sort((a, b) => a.one.second - b.one.second);
        const [once, mixed] = await Promise.all([
          run(
            before,
            told,
            inOrder.map(({ i }) => i),
            1,
          ),
          run(before, told, course, crowd),
        ]);
        expect(mixed).toEqual(once);
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});

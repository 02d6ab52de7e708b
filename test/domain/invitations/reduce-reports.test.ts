import fc from 'fast-check';
import { INVITATION_STATES } from '../../../contract/invitation';
import type { InvitationState } from '../../../contract/invitation';
import type { ProviderReport } from '../../../domain/invitations/provider-report';
import { reduceReports } from '../../../domain/invitations/reduce-reports';
import type { ReportedFields } from '../../../domain/invitations/reduce-reports';
import { stateAfter } from '../../../domain/invitations/transitions';
import type { Transition } from '../../../domain/invitations/transitions';

type Batch = ProviderReport[];

const about = { channel: 'email', invitationId: 'invitation', providerId: 'X.1' } as const;
const bounce = (eventId: string, reason: Pick<ProviderReport, 'code' | 'providerCode'>): ProviderReport => ({
  ...about,
  eventId,
  kind: 'bounced',
  ...reason,
});
const BOUNCED = { code: 'invitation.bounced', providerCode: 'bounce' } as const;
const BLOCKED = { code: 'invitation.undelivered', providerCode: 'blocked' } as const;
const OPTED_OUT = { code: 'invitation.opted-out', providerCode: 'dropped-unsubscribed' } as const;

const reduce = (fields: ReportedFields, ...batches: Batch[]): ReportedFields =>
  batches.reduce((before, batch) => reduceReports(before, batch) ?? before, fields);

/** What the ledger and the link of the invitation write, each by its own compare-and-set. */
type Write = [Transition, Partial<ReportedFields>];
const WRITES: Write[] = [
  ['claim', {}],
  ['release', {}],
  ['accept', { providerId: 'X.1' }],
  ['reject', { code: 'invitation.not-reachable', providerCode: '21211' }],
  ['doubt', { code: 'invitation.unconfirmed' }],
  ['giveUp', { code: 'invitation.provider-unavailable' }],
  ['suppress', { code: 'invitation.already-accepted' }],
  ['cancel', {}],
  ['join', {}],
];

function write(fields: ReportedFields, [transition, more]: Write): ReportedFields {
  const state = stateAfter(fields.state, transition);
  if (state === fields.state) return fields;
  const written = { ...fields, ...more, state };
  if (transition === 'join') {
    delete written.code;
    delete written.providerCode;
  }
  return written;
}

describe('The reduction of reports', () => {
  test('it ends alike for any order, repetition and split of the reports, between any writes of the ledger', () => {
    const reasons = fc.constantFrom(BOUNCED, BLOCKED, OPTED_OUT, { code: 'invitation.undelivered' } as const);
    const kinds = fc.constantFrom<ProviderReport['kind']>('accepted', 'delivered', 'bounced', 'opted-out', 'opted-in');
    const story = fc
      .record({
        writes: fc.array(fc.constantFrom(...WRITES), { maxLength: 6 }),
        reports: fc
          .array(fc.record({ kind: kinds, reason: reasons }), { maxLength: 6 })
          .map((all) =>
            all.map(({ kind, reason }, i) => ({ ...about, kind, eventId: `${i}`, ...(kind === 'bounced' && reason) })),
          ),
      })
      .chain(({ writes, reports }) =>
        fc.record({
          writes: fc.constant(writes),
          reports: fc.constant(reports),
          received: fc
            .array(fc.constantFrom(...reports, ...(reports.length === 0 ? [undefined] : [])), { maxLength: 4 })
            .chain((again) => {
              const all = [...reports, ...again.flatMap((report) => report ?? [])];
              return fc.shuffledSubarray(all, { minLength: all.length });
            }),
          /** For each report, before which of the writes it comes, and whether it comes in a request of its own. */
          places: fc.array(fc.record({ before: fc.nat(6), isAlone: fc.boolean() }), { minLength: 10, maxLength: 10 }),
        }),
      );

    const reached = new Set<InvitationState>();
    fc.assert(
      fc.property(story, ({ writes, reports, received, places }) => {
        const once = reports.reduce<ReportedFields>(
          (fields, report) => reduce(fields, [report]),
          writes.reduce(write, { state: 'pending' }),
        );

        let mixed: ReportedFields = { state: 'pending' };
        for (let step = 0; step <= 6; step++) {
          const due = received.filter((_, i) => places[i]!.before === step);
          const alone = due.filter((report) => places[received.indexOf(report)]!.isAlone);
          const together = due.filter((report) => !alone.includes(report));
          mixed = reduce(mixed, ...alone.map((report) => [report]), together);
          mixed = writes.slice(step, step + 1).reduce(write, mixed);
        }

        const { state, code, providerCode, providerId } = once;
        expect(mixed).toMatchObject({ state });
        expect([mixed.code, mixed.providerCode, mixed.providerId]).toEqual([code, providerCode, providerId]);
        reached.add(state);
      }),
      { numRuns: 5_000 },
    );
    expect([...reached].sort()).toEqual([...INVITATION_STATES].sort());
  });

  test('a bounce is kept once, and a report that says nothing new changes nothing', () => {
    const first = reduce({ state: 'sent' }, [bounce('one', BLOCKED), bounce('one', BLOCKED)]);
    expect(first).toMatchObject({ state: 'bounced', ...BLOCKED, bounces: [{ id: 'one', ...BLOCKED }] });
    expect(reduceReports(first, [bounce('one', BLOCKED), { ...about, eventId: 'two', kind: 'accepted' }])).toBeNull();
    const both = reduce(first, [bounce('three', BOUNCED)]);
    expect(both).toMatchObject({ ...BOUNCED, bounces: [{ id: 'one' }, { id: 'three' }] });
  });

  /** From the weakest to the strongest; of one message, the strongest that was reported is true. */
  const ORDER: [name: string, report: ProviderReport, state: InvitationState][] = [
    ['queued, sent, processed or deferred', { ...about, eventId: '1', kind: 'accepted' }, 'sent'],
    ['undelivered without a reason', bounce('2', { code: 'invitation.undelivered' }), 'bounced'],
    ['undelivered for 30003', bounce('3', { code: 'invitation.undelivered', providerCode: '30003' }), 'bounced'],
    ['blocked for now', bounce('4', BLOCKED), 'bounced'],
    ['the queue overflown', bounce('5', { code: 'invitation.provider-unavailable', providerCode: '30001' }), 'bounced'],
    ['delivered', { ...about, eventId: '6', kind: 'delivered' }, 'delivered'],
    ['a landline', bounce('7', { code: 'invitation.bounced', providerCode: '30006' }), 'bounced'],
    ['filtered', bounce('8', { code: 'invitation.filtered', providerCode: '30007' }), 'bounced'],
    ['bounced', bounce('9', BOUNCED), 'bounced'],
    ['dropped for an opt-out', bounce('10', OPTED_OUT), 'bounced'],
    ['failed without any reason', { ...about, eventId: '11', kind: 'bounced' }, 'bounced'],
  ];
  const DELIVERED_AT = ORDER.findIndex(([name]) => name === 'delivered');

  test.each(ORDER.slice(0, DELIVERED_AT))('“%s” gives way to “delivered”, whichever comes first', (_, report) => {
    const delivered = ORDER[DELIVERED_AT]![1];
    for (const batches of [[[report], [delivered]], [[delivered], [report]], [[report, delivered]]]) {
      const { state, code, providerCode } = reduce({ state: 'sent' }, ...batches);
      expect({ state, code, providerCode }).toEqual({ state: 'delivered' });
    }
  });

  test.each(ORDER.slice(DELIVERED_AT + 1))('“%s” stands above “delivered”, whichever comes first', (_, report) => {
    const delivered = ORDER[DELIVERED_AT]![1];
    for (const batches of [[[report], [delivered]], [[delivered], [report]], [[report, delivered]]]) {
      expect(reduce({ state: 'sent' }, ...batches).state).toBe('bounced');
    }
  });

  test('the strongest of any reports is true, in any order and in any split', () => {
    const strength = (report: ProviderReport): number => {
      const place = ORDER.findIndex(([, one]) => one === report);
      return place < 1 ? 0 : place < DELIVERED_AT ? 1 : place === DELIVERED_AT ? 2 : 3;
    };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...ORDER.map(([, report]) => report)), { minLength: 1, maxLength: 8 }),
        fc.constantFrom<InvitationState>('sending', 'sent', 'failed', 'unconfirmed'),
        fc.nat(8),
        (reports, before, cut) => {
          const strongest = Math.max(...reports.map(strength));
          const expected = (['sent', 'bounced', 'delivered', 'bounced'] as const)[strongest]!;
          const { state } = reduce({ state: before }, reports.slice(0, cut), reports.slice(cut));
          expect(state).toBe(expected);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('a message that arrived after all says so in its trail', () => {
    const failed = reduce({ state: 'sent' }, [bounce('one', BLOCKED)]);
    expect(reduceReports(failed, [{ ...about, eventId: 'two', kind: 'delivered' }])).toMatchObject({
      state: 'delivered',
      transition: 'reportDeliveredAfterAll',
    });
  });

  test('a delivered message keeps nothing but its state', () => {
    const reports: Batch = [
      { ...about, eventId: 'one', kind: 'accepted' },
      { ...about, eventId: 'two', kind: 'delivered', at: new Date() },
    ];
    expect(reduceReports({ state: 'sent', providerId: 'X.1' }, reports)).toEqual({
      state: 'delivered',
      providerId: 'X.1',
      transition: 'reportDelivered',
    });
  });

  test('an opt-out that was taken back stays so, whatever is reported of the same message', () => {
    const dropped = reduce({ state: 'sent' }, [bounce('one', OPTED_OUT)]);
    const allowed: ReportedFields = { ...dropped, code: 'invitation.allowed-again' };
    expect(reduce(allowed, [bounce('two', BOUNCED), { ...about, eventId: 'three', kind: 'accepted' }])).toMatchObject({
      code: 'invitation.allowed-again',
    });
  });
});

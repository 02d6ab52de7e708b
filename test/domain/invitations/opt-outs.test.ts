import fc from 'fast-check';
import { reduceOptOuts } from '../../../domain/invitations/opt-outs';
import type { OptOutFields } from '../../../domain/invitations/opt-outs';
import type { ProviderReport } from '../../../domain/invitations/provider-report';

const NOW = new Date('2026-11-28T12:00:00Z');
const second = (n: number): Date => new Date(NOW.getTime() + n * 1000);
const event = (
  eventId: string,
  kind: 'opted-out' | 'opted-in',
  more: Partial<ProviderReport> = {},
): ProviderReport => ({
  eventId,
  channel: 'sms',
  kind,
  ...more,
});
const reduce = (person: OptOutFields, ...reports: ProviderReport[]): OptOutFields =>
  reports.reduce((before, report) => reduceOptOuts(before, [report], NOW) ?? before, person);

describe('The reduction of opt-outs', () => {
  test('it ends alike for any order and repetition of events', () => {
    const events = fc
      .array(
        fc.record({
          kind: fc.constantFrom('opted-out' as const, 'opted-in' as const),
          channel: fc.constantFrom('sms' as const, 'email' as const),
          at: fc.nat(3).map(second),
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map((all) => all.map(({ kind, ...more }, i) => event(`${i}`, kind, more)));
    const told = events.chain((all) =>
      fc.record({
        all: fc.constant(all),
        mixed: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(told, ({ all, mixed }) => {
        expect(reduce({}, ...mixed).optedOut).toEqual(reduceOptOuts({}, all, NOW)!.optedOut);
      }),
    );
  });

  test('an opt-out wins a tie', () => {
    expect(reduce({}, event('1', 'opted-out', { at: NOW }), event('2', 'opted-in', { at: NOW })).optedOut).toEqual([
      'sms',
    ]);
  });

  test('an event without a time counts after those that are known, though the clock of its process is slow', () => {
    const stopped = reduce({}, event('1', 'opted-out', { at: second(5) }));
    expect(reduce(stopped, event('2', 'opted-in'))).toMatchObject({ optedOut: [], optOutEvents: [{}, { id: '2' }] });
    expect(reduceOptOuts(stopped, [event('1', 'opted-out')], NOW)).toBeNull();
  });

  test('an opt-out by an answer of the provider, without an event, stays until an event on its channel', () => {
    const person: OptOutFields = { optedOut: ['sms'] };
    const unsubscribed = reduce(person, event('1', 'opted-out', { channel: 'email' }));
    expect(unsubscribed.optedOut).toEqual(['email', 'sms']);
    expect(reduce(unsubscribed, event('2', 'opted-in')).optedOut).toEqual(['email']);
  });
});

import fc from 'fast-check';
import { deferralsOf, periodStart } from '../../../domain/sending-times/sending-times';
import type { Schedule, Sendable } from '../../../domain/sending-times/sending-times';

const HOUR_MS = 3_600_000;
const now = new Date('2026-11-30T10:20:00Z');
const startsAt = new Date('2026-11-30T10:05:00Z');
const atOnce = (at: Date): Date => at;
/** Asleep until then. */
const asleepUntil = (moment: string) => (at: Date) => (at < new Date(moment) ? new Date(moment) : at);

const sendables = (rows: number, awakeFrom: Sendable['awakeFrom'] = atOnce): Sendable[] =>
  Array.from({ length: rows }, (_, i) =>
    [`${i + 2}:email`, `${i + 2}:sms`].map((id) => ({ id, row: i + 2, awakeFrom })),
  ).flat();

const decide = (some: Sendable[], schedule?: Omit<Schedule, 'version'>, reached: number[] = []) =>
  Object.fromEntries(
    [
      ...deferralsOf(some, {
        ...{ now, startsAt, reached: new Set(reached) },
        schedule: schedule && { version: 1, ...schedule },
      }),
    ].map(([id, { until, because }]) => [id, `${until.toISOString().slice(5, 16)} ${because}`]),
  );

describe('When an invitation is sent', () => {
  test('is at once without a schedule and by day', () => {
    expect(decide(sendables(2))).toEqual({});
  });

  test('is the chosen moment', () => {
    expect(decide(sendables(1), { sendAt: new Date('2026-12-01T09:00:00Z') })).toEqual({
      '2:email': '12-01T09:00 send-at',
      '2:sms': '12-01T09:00 send-at',
    });
  });

  test('is the morning, also after a chosen moment in the night', () => {
    const asleep = asleepUntil('2026-12-01T08:00:00Z');
    expect(decide(sendables(1, asleep))).toMatchObject({ '2:sms': '12-01T08:00 quiet-hours' });
    expect(decide(sendables(1, asleep), { sendAt: new Date('2026-12-01T03:00:00Z') })).toMatchObject({
      '2:sms': '12-01T08:00 quiet-hours',
    });
  });

  test('is the turn of the person, in the order of the file, in periods since the import began', () => {
    expect(decide(sendables(5).reverse(), { spread: { people: 2, per: 'hour' } })).toEqual({
      '4:email': '11-30T11:05 spread',
      '4:sms': '11-30T11:05 spread',
      '5:email': '11-30T11:05 spread',
      '5:sms': '11-30T11:05 spread',
      '6:email': '11-30T12:05 spread',
      '6:sms': '11-30T12:05 spread',
    });
  });

  test('of a person behind others who are only counted is as if these were looked at, while they are awake', () => {
    const spread = { people: 7, per: 'hour' } as const;
    const all = sendables(100);
    const decideAll = deferralsOf(all, { now, startsAt, reached: new Set([90]), schedule: { version: 1, spread } });
    const isSeen = ({ row }: Sendable): boolean => row < 12 || (row > 40 && row < 45) || row > 98;
    const seen = all.filter(isSeen);
    const unseen = new Map([
      [41, 29],
      [99, 54],
    ]);
    const decideSeen = deferralsOf(seen, {
      ...{ now, startsAt, reached: new Set([90]), schedule: { version: 1, spread }, unseen },
    });
    for (const { id, row } of seen) {
      // Line 90, which was reached in this hour, is among those that are only counted: what is behind it comes no later.
      const [exact, estimate] = [decideAll.get(id)?.until, decideSeen.get(id)?.until];
      if (row < 90) expect(estimate).toEqual(exact);
      else expect(estimate!.getTime() - exact!.getTime()).toBeLessThanOrEqual(HOUR_MS);
    }
  });

  test('counts who was reached in this period, and lets their other message go', () => {
    const left = sendables(3).filter(({ id }) => id !== '2:email');
    expect(decide(left, { spread: { people: 1, per: 'hour' } }, [2])).toEqual({
      '3:email': '11-30T11:05 spread',
      '3:sms': '11-30T11:05 spread',
      '4:email': '11-30T12:05 spread',
      '4:sms': '11-30T12:05 spread',
    });
  });

  test('tells when SMS that pile up over a night go: not all of them in the morning, but so many in each period', () => {
    const morning = asleepUntil('2026-12-01T08:00:00Z');
    const some = sendables(5).map((one) => (one.id.endsWith('sms') ? { ...one, awakeFrom: morning } : one));
    const schedule = { sendAt: new Date('2026-11-30T18:30:00Z'), spread: { people: 2, per: 'hour' } } as const;
    expect(decide(some, schedule)).toEqual({
      '2:email': '11-30T18:30 send-at',
      '3:email': '11-30T18:30 send-at',
      '4:email': '11-30T19:30 spread',
      '5:email': '11-30T19:30 spread',
      '6:email': '11-30T20:30 spread',
      '2:sms': '12-01T08:00 quiet-hours',
      '3:sms': '12-01T08:00 quiet-hours',
      '4:sms': '12-01T08:30 spread',
      '5:sms': '12-01T08:30 spread',
      '6:sms': '12-01T09:30 spread',
    });
  });

  test('of people behind those whose SMS have piled up is after these, as they stand in the file', () => {
    const morning = asleepUntil('2026-11-30T11:05:00Z');
    const some = sendables(4).map((one) => (one.id.endsWith('sms') ? { ...one, awakeFrom: morning } : one));
    expect(decide(some, { spread: { people: 1, per: 'hour' } })).toEqual({
      '2:sms': '11-30T11:05 quiet-hours',
      '3:email': '11-30T12:05 spread',
      '3:sms': '11-30T12:05 spread',
      '4:email': '11-30T13:05 spread',
      '4:sms': '11-30T13:05 spread',
      '5:email': '11-30T14:05 spread',
      '5:sms': '11-30T14:05 spread',
    });
  });

  test('spreads from the chosen moment on', () => {
    const schedule = { sendAt: new Date('2026-12-01T09:00:00Z'), spread: { people: 1, per: 'day' } } as const;
    expect(decide(sendables(2), schedule)).toMatchObject({
      '2:sms': '12-01T09:00 send-at',
      '3:sms': '12-02T09:00 spread',
    });
  });

  test('no period of a spread has more people than it may, in the order of the file', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }),
        (rows, people, nights) => {
          const some = sendables(rows).map((one, i) => {
            // Of each message by itself: an e-mail goes in the night, and the SMS of the same person waits for the morning.
            const until = new Date(now.getTime() + (nights[i % (nights.length || 1)] ?? 0) * HOUR_MS);
            return { ...one, awakeFrom: (at: Date): Date => (at < until ? until : at) };
          });
          const spread = { people, per: 'hour' } as const;
          const deferrals = deferralsOf(some, { now, startsAt, reached: new Set(), schedule: { version: 1, spread } });
          const counts = new Map<number, Set<number>>();
          for (const { id, row } of some) {
            const period = periodStart(spread, startsAt, deferrals.get(id)?.until ?? now).getTime();
            counts.set(period, (counts.get(period) ?? new Set()).add(row));
          }
          for (const reached of counts.values()) expect(reached.size).toBeLessThanOrEqual(people);
        },
      ),
    );
  });
});

import { dayOf, formatMoment } from '../../../cli/moments/moments';

describe('A time for people', () => {
  afterEach(() => jest.restoreAllMocks());
  /** As the clock of a machine that is so many minutes before UTC. */
  const clock = (minutes: number): void =>
    void jest.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-minutes);

  test.each([
    [0, '2026-11-30 23:30 UTC', '2026-11-30'],
    [60, '2026-12-01 00:30 UTC+1', '2026-12-01'],
    [330, '2026-12-01 05:00 UTC+5:30', '2026-12-01'],
    [-210, '2026-11-30 20:00 UTC-3:30', '2026-11-30'],
  ])('is by a clock %i minutes before UTC, with its zone', (minutes, moment, day) => {
    clock(minutes);
    expect(formatMoment('2026-11-30T23:30:59.000Z')).toBe(moment);
    expect(dayOf('2026-11-30T23:30:59.000Z')).toBe(day);
  });
});

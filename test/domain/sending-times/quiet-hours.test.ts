import fc from 'fast-check';
import { firstAwake, timeIn } from '../../../domain/sending-times/quiet-hours';
import { zonesOfNumber } from '../../../domain/sending-times/zones-of-number';

const NIGHT = { from: '20:00', to: '08:00' };
const awakeFrom = (now: string, ...zones: string[]): string => firstAwake(new Date(now), zones, NIGHT).toISOString();

describe('The first moment outside of quiet hours', () => {
  test.each([
    ['by day at once', '2026-11-30T12:34:56.789Z', ['Europe/London'], '2026-11-30T12:34:56.789Z'],
    ['in the evening in the morning', '2026-11-30T20:00:00Z', ['Europe/London'], '2026-12-01T08:00:00.000Z'],
    ['before the morning in the morning', '2026-11-30T07:59:59Z', ['Europe/London'], '2026-11-30T08:00:00.000Z'],
    ['in the last minute of the day at once', '2026-11-30T19:59:59Z', ['Europe/London'], '2026-11-30T19:59:59.000Z'],
    [
      'in two zones once both are awake',
      '2026-11-30T11:00:00Z',
      ['America/New_York', 'America/Los_Angeles'],
      '2026-11-30T16:00:00.000Z',
    ],
    [
      'in two zones the next day, where one sleeps before the other wakes',
      '2026-11-30T03:00:00Z',
      ['Asia/Kamchatka', 'Europe/Kaliningrad'],
      '2026-11-30T06:00:00.000Z',
    ],
    ['over the start of summer time', '2026-03-28T23:00:00Z', ['Europe/London'], '2026-03-29T07:00:00.000Z'],
    ['over the end of summer time', '2026-10-24T22:00:00Z', ['Europe/London'], '2026-10-25T08:00:00.000Z'],
    [
      'over the end of summer time in New York',
      '2026-11-01T02:00:00Z',
      ['America/New_York'],
      '2026-11-01T13:00:00.000Z',
    ],
  ])('is %s', (_when, now, zones, expected) => {
    expect(awakeFrom(now, ...zones)).toBe(expected);
  });

  test('exists also where no moment suits all zones', () => {
    expect(awakeFrom('2026-11-30T00:00:00Z', 'Pacific/Auckland', 'Europe/London')).toBe('2026-11-30T19:00:00.000Z');
    const short = { from: '09:00', to: '08:00' };
    const at = firstAwake(new Date('2026-11-30T12:00:00Z'), ['Asia/Tokyo', 'Europe/London'], short);
    expect(at.toISOString()).toBe('2026-11-30T23:00:00.000Z');
  });

  test('is the moment at which every zone is awake, and the minute before it some zone is not', () => {
    const zones = ['Europe/London', 'Europe/Berlin', 'America/New_York', 'America/St_Johns', 'Asia/Kolkata'];
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.uniqueArray(fc.constantFrom(...zones), { minLength: 1, maxLength: 2 }),
        (now, some) => {
          const isAwake = (at: Date): boolean =>
            some.every((zone) => timeIn(zone, at) >= NIGHT.to && timeIn(zone, at) < NIGHT.from);
          const at = firstAwake(now, some, NIGHT);
          if (some.includes('Asia/Kolkata') && some.some((zone) => zone.startsWith('America'))) return;
          expect(isAwake(at)).toBe(true);
          if (at > now) expect(isAwake(new Date(at.getTime() - 60_000))).toBe(false);
        },
      ),
    );
  });
});

describe('The zones of a number', () => {
  test.each([
    ['a British mobile', '+447911123456', ['Europe/London', 'Europe/Jersey']],
    ['a German mobile', '+4915123456789', ['Europe/Berlin']],
    ['a number of New York', '+12125550100', ['America/New_York']],
    ['a number of Idaho, which has two', '+12085550100', ['America/Boise', 'America/Los_Angeles']],
    ['an Australian mobile', '+61412345678', ['Australia/Sydney', 'Australia/Perth']],
    ['a Russian mobile', '+79161234567', ['Europe/Moscow', 'Asia/Vladivostok']],
    ['a Kazakh mobile', '+77011234567', ['Asia/Almaty']],
    ['a mobile of Recife, which is nowhere near Noronha alone', '+5581912345678', ['America/Recife', 'America/Manaus']],
    ['a number of Jamaica', '+18765550123', ['America/Jamaica']],
    ['a mobile of Kosovo, which has none of its own', '+38344123456', ['Europe/Belgrade']],
  ])('of %s are those of its country, or of its area code', (_what, number, some) => {
    expect(zonesOfNumber(number)).toEqual(expect.arrayContaining(some));
  });

  test('of a place are no others', () => {
    expect(zonesOfNumber('+12125550100')).toEqual(['America/New_York']);
    expect(zonesOfNumber('+77011234567')).not.toContain('Europe/Moscow');
    expect(zonesOfNumber('+18765550123')).toEqual(['America/Jamaica']);
  });

  test('are unknown for a number of no country', () => {
    expect(zonesOfNumber('+80012345678')).toEqual([]);
  });
});

import { parseMoment } from '../../../cli/schedule/schedule-options';
import { formatDeferred } from '../../../cli/output/totals';

describe('A moment as it is typed', () => {
  const now = new Date('2026-11-30T10:00:00');
  const local = (text: string): string => new Date(text).toISOString();

  test.each([
    ['the next time that it is so late', '10:30', local('2026-11-30T10:30:00')],
    ['a time that has passed today', '9:05', local('2026-12-01T09:05:00')],
    ['a day and a time by the clock of this machine', '2026-12-24 18:00', local('2026-12-24T18:00:00')],
    ['a moment with its offset', '2026-12-24T18:00:00+01:00', '2026-12-24T17:00:00.000Z'],
    ['a moment in UTC', '2026-12-24T18:00Z', '2026-12-24T18:00:00.000Z'],
  ])('may be %s', (_what, text, expected) => {
    expect(parseMoment(text, now)).toBe(expected);
  });

  test.each(['', 'tomorrow', '25:00', '2026-12-24', '2026-13-24 18:00', '18'])('is refused as %j', (text) => {
    expect(() => parseMoment(text, now)).toThrow('Write 09:00');
  });
});

describe('What is sent later', () => {
  const commandLine = (args: string): string => `client-import ${args}`;
  const [from, to] = ['2026-12-01T08:00:00.000Z', '2026-12-01T16:00:00.000Z'];

  test('is told with its times and the command that sends it now', () => {
    const deferred = [
      { channel: 'email' as const, because: 'spread' as const, count: 40, from, to },
      { channel: 'sms' as const, because: 'quiet-hours' as const, count: 2, from, to: from },
    ];
    expect(formatDeferred({ id: 'f62ff629-0000', deferred }, commandLine)).toBe(
      '  40 by e-mail will be sent from 2026-12-01 08:00 UTC to 2026-12-01 16:00 UTC: others come first.\n' +
        '  2 by SMS will be sent at 2026-12-01 08:00 UTC: when it is day where their people may be.\n' +
        '  To send them now all the same: client-import send-now f62ff629 --in-quiet-hours',
    );
  });

  test('is not told where nothing is', () => {
    expect(formatDeferred({ id: 'f62ff629', deferred: [] }, commandLine)).toBeNull();
    expect(formatDeferred({ id: 'f62ff629' }, commandLine)).toBeNull();
  });
});

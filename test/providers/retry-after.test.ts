import { retryAfterMs } from '../../providers/http/retry-after';

const NOW = Date.UTC(2030, 0, 2, 12, 0, 0);
const epoch = (seconds: number): string => String(NOW / 1000 + seconds);
const date = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();

describe('how long a provider asks to be left alone', () => {
  it.each<[name: string, headers: Record<string, string | string[]>, wait: number | undefined]>([
    ['seconds', { 'retry-after': '12' }, 12_000],
    ['fractions of a second', { 'retry-after': '0.25' }, 250],
    ['zero', { 'retry-after': '0' }, 0],
    ['seconds between spaces', { 'retry-after': ' 12 ' }, 12_000],
    ['a date', { 'retry-after': date(90) }, 90_000],
    ['a date that has passed', { 'retry-after': date(-90) }, 0],
    ['more than an hour in seconds', { 'retry-after': '7200' }, 3_600_000],
    ['more than an hour as a date', { 'retry-after': date(86_400) }, 3_600_000],
    ['the header twice', { 'retry-after': ['5', '9'] }, 5_000],
    ['the end of SendGrid’s window', { 'x-ratelimit-reset': epoch(30) }, 30_000],
    ['the end of a window that has passed', { 'x-ratelimit-reset': epoch(-30) }, 0],
    ['the end of a window tomorrow', { 'x-ratelimit-reset': epoch(86_400) }, 3_600_000],
    [
      'both, of which Retry-After is the nearer to the point',
      { 'retry-after': '4', 'x-ratelimit-reset': epoch(30) },
      4_000,
    ],
    ['an unreadable Retry-After beside a window', { 'retry-after': 'soon', 'x-ratelimit-reset': epoch(30) }, 30_000],
    ['the end of a window by a clock ten minutes ahead', { 'x-ratelimit-reset': epoch(601), date: date(600) }, 1_000],
    [
      'the end of a window by a clock ten minutes behind',
      { 'x-ratelimit-reset': epoch(-599), date: date(-600) },
      1_000,
    ],
    ['a date by a clock ten minutes ahead', { 'retry-after': date(630), date: date(600) }, 30_000],
    ['a window by a clock that agrees with ours', { 'x-ratelimit-reset': epoch(30), date: date(-1) }, 30_000],
    ['a window beside a date that is none', { 'x-ratelimit-reset': epoch(30), date: 'today' }, 30_000],
    ['nothing', {}, undefined],
    ['an empty header', { 'retry-after': '' }, undefined],
    ['a negative number', { 'retry-after': '-5' }, undefined],
    ['words', { 'retry-after': 'in a while' }, undefined],
    ['words that end like a date', { 'retry-after': 'later, GMT' }, undefined],
    ['a window that is not in seconds since 1970', { 'x-ratelimit-reset': '60' }, undefined],
  ])('When it says %s, then that is understood', (_, headers, wait) => {
    expect(retryAfterMs(headers, NOW)).toBe(wait);
  });
});

import { countSegments } from '../../../sandbox/twilio/segments';

test.each([
  [1, 'x'.repeat(160)],
  [2, 'x'.repeat(161)],
  [2, '€'.repeat(81)],
  [1, 'ж'.repeat(70)],
  [2, 'ж'.repeat(71)],
  [1, ''],
])('There are %i segments in a text like "%.3s…"', (segments, text) => {
  expect(countSegments(text)).toBe(segments);
});

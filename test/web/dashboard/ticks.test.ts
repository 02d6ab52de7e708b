import { ticksOf } from '../../../web/screens/dashboard/ticks';

describe('The scale of a chart', () => {
  test.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [38, [0, 10, 20, 30, 40]],
    [81, [0, 50, 100]],
    [400, [0, 100, 200, 300, 400]],
    [12_345, [0, 5_000, 10_000, 15_000]],
  ])('Up to %d it has %j', (greatest, ticks) => {
    expect(ticksOf(greatest)).toEqual(ticks);
  });
});

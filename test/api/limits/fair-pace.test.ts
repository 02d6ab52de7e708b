import { createFairPace } from '../../../api/limits/fair-pace';

describe('The fair pace of an organisation', () => {
  let now = 0;
  const pace = () => createFairPace({ perSecond: 10, burst: 3, longestWaitMs: 500 }, () => now);
  beforeEach(() => (now = 1_000_000));

  test('One that is alone never waits', () => {
    const { waitOf } = pace();
    expect(new Set(Array.from({ length: 100 }, () => waitOf('one')))).toEqual(new Set([0]));
  });

  test('While another is there, what follows its burst is spread evenly, and what would wait too long is refused', () => {
    const { waitOf } = pace();
    waitOf('other');
    const waits = Array.from({ length: 12 }, () => waitOf('one'));
    expect(waits).toEqual([0, 0, 0, 0, 100, 200, 300, 400, 500, undefined, undefined, undefined]);
    // Refused ones take no turn.
    now += 500;
    expect(waitOf('one')).toBe(100);
  });

  test('One that floods does not make the other wait', () => {
    const { waitOf } = pace();
    for (let i = 0; i < 100; i++) {
      waitOf('one');
      if (i % 10 === 0) expect(waitOf('other')).toBe(0);
      now += 20;
    }
  });

  test('One whose company has left does not wait any more', () => {
    const { waitOf } = pace();
    waitOf('other');
    for (let i = 0; i < 8; i++) waitOf('one');
    now += 5_000;
    expect(waitOf('one')).toBe(0);
  });
});

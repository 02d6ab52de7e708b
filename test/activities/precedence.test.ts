import { createPrecedence } from '../../activities/lifecycle/precedence';
import type { Precedence } from '../../activities/lifecycle/precedence';

describe('Files that go first', () => {
  test('When none goes first, then nobody waits', async () => {
    const { giveWay, goFirst } = createPrecedence(60_000);
    const step = giveWay();
    await step();
    await goFirst(() => Promise.resolve());
    await goFirst(() => Promise.reject(new Error('planned failure'))).catch(() => undefined);
    await step();
  });

  test('When two go first, then the others wait for both', async () => {
    const { giveWay, goFirst } = createPrecedence(60_000);
    const ends: (() => void)[] = [];
    const first = [1, 2].map(() => goFirst(() => new Promise<void>((resolve) => ends.push(resolve))));
    let given = false;
    const waiting = giveWay()().then(() => (given = true));
    ends[0]!();
    await first[0];
    expect(given).toBe(false);
    ends[1]!();
    await waiting;
    await first[1];
  });

  test('When one goes first for long, then the others go on beside it', async () => {
    const { giveWay, goFirst } = createPrecedence(5);
    const end = keepFirst(goFirst);
    await giveWay()();
    await end();
  });

  describe('When files go first all the time', () => {
    /** The times at which a step goes on that works for so long between two parts. */
    async function goneOnAt(workMs: number, parts: number): Promise<number[]> {
      let time = 0;
      const { giveWay, goFirst } = createPrecedence(50, () => time);
      const end = keepFirst(goFirst);
      const step = giveWay();
      const times: number[] = [];
      for (let i = 0; i < parts; i++) {
        const waits = jest.spyOn(global, 'setTimeout');
        const waiting = step();
        time += Number(waits.mock.calls[0]?.[1] ?? 0);
        waits.mockRestore();
        await waiting;
        times.push(time);
        time += workMs;
      }
      await end();
      return times;
    }

    test('then a step waits for as long as it has worked, and once for its patience', async () => {
      await expect(goneOnAt(20, 4)).resolves.toEqual([50, 90, 130, 170]);
    });

    test('then one with a single part waits for its patience', async () => {
      await expect(goneOnAt(20, 1)).resolves.toEqual([50]);
    });

    test('then one that has done nothing meanwhile waits once', async () => {
      await expect(goneOnAt(0, 3)).resolves.toEqual([50, 50, 50]);
    });

    test('then each step has patience of its own', async () => {
      const { giveWay, goFirst } = createPrecedence(5);
      const end = keepFirst(goFirst);
      const waits = jest.spyOn(global, 'setTimeout');
      await giveWay()();
      await giveWay()();
      expect(waits.mock.calls.filter(([, ms]) => ms === undefined || ms > 4)).toHaveLength(2);
      waits.mockRestore();
      await end();
    });
  });
});

/** A file goes first until the function that this returns is called. */
function keepFirst(goFirst: Precedence['goFirst']): () => Promise<void> {
  let end!: () => void;
  const first = goFirst(() => new Promise<void>((resolve) => (end = resolve)));
  return () => {
    end();
    return first;
  };
}

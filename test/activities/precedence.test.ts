import { createPrecedence } from '../../activities/lifecycle/precedence';

describe('Files that go first', () => {
  test('When none goes first, then nobody waits', async () => {
    const { giveWay, goFirst } = createPrecedence(60_000);
    await giveWay();
    await goFirst(() => Promise.resolve());
    await goFirst(() => Promise.reject(new Error('planned failure'))).catch(() => undefined);
    await giveWay();
  });

  test('When two go first, then the others wait for both', async () => {
    const { giveWay, goFirst } = createPrecedence(60_000);
    const ends: (() => void)[] = [];
    const first = [1, 2].map(() => goFirst(() => new Promise<void>((resolve) => ends.push(resolve))));
    let given = false;
    const waiting = giveWay().then(() => (given = true));
    ends[0]!();
    await first[0];
    expect(given).toBe(false);
    ends[1]!();
    await waiting;
    await first[1];
  });

  test('When one goes first for long, then the others go on beside it', async () => {
    const { giveWay, goFirst } = createPrecedence(5);
    let end!: () => void;
    const first = goFirst(() => new Promise<void>((resolve) => (end = resolve)));
    await giveWay();
    end();
    await first;
  });
});

import { MongoClient } from 'mongodb';
import { createCounter } from '../../../api/limits/counter';
import type { Counter } from '../../../api/limits/counter';
import { openStore } from '../../../store/index';
import type { Store } from '../../../store/index';
import { createRateLimits } from '../../../store/rate-limits';
import { sharedServers, uniqueName } from '../../support/environment';
import { openScratchStore } from '../../support/scratch-store';
import type { ScratchStore } from '../../support/scratch-store';

const LIMIT = 100;
const WINDOW_MS = 60_000;

describe('A counter that processes share', () => {
  let scratch: ScratchStore;
  /** The store of another process on the same database. */
  let other: Store;
  beforeAll(async () => {
    scratch = await openScratchStore();
    other = await openStore(sharedServers().mongodbUri, scratch.db.databaseName);
  });
  afterAll(async () => {
    await other.close();
    await scratch.close();
  });

  const settings = (block: number) => ({ name: uniqueName('limit-'), limit: LIMIT, windowMs: WINDOW_MS, block });
  const hits = async (counter: Counter, count: number, key = 'a'): Promise<number> => {
    const counts = await Promise.all(Array.from({ length: count }, () => counter.hit(key)));
    return counts.filter(({ isOver }) => !isOver).length;
  };
  const kept = (name: string) => scratch.db.collection('rate_limits').findOne({ key: `${name}:a` });

  test.each([0, 1, 5, 20])(
    'Two processes that take blocks of %d let no more through together than the limit',
    async (block) => {
      const one = settings(block);
      const counters = [scratch.store, other].map(({ rateLimits }) => createCounter(one, rateLimits));
      let passed = 0;
      for (let round = 0; round < 10; round++) for (const counter of counters) passed += await hits(counter, 15);
      expect(passed).toBeLessThanOrEqual(LIMIT);
      expect(passed).toBeGreaterThanOrEqual(LIMIT - 2 * block);
      expect(await hits(counters[0]!, 15, 'b')).toBe(15);
    },
  );

  test('A caller of a few requests costs no command, and the next one reports them', async () => {
    const one = settings(5);
    const counter = createCounter(one, scratch.store.rateLimits);
    await hits(counter, 5);
    expect(await kept(one.name)).toBeNull();
    expect(await counter.hit('a')).toMatchObject({ isOver: false, used: 6 });
    expect(await kept(one.name)).toMatchObject({ points: 11 });
  });

  test('What is refused is refused without a command, until the window ends', async () => {
    let now = Date.now();
    const one = settings(5);
    const counter = createCounter(one, scratch.store.rateLimits, () => now);
    expect(await hits(counter, 300)).toBe(LIMIT);
    const points = (await kept(one.name))!.points as number;
    const over = await counter.hit('a');
    expect(over).toMatchObject({ isOver: true, used: LIMIT + 1 });
    expect(over.resetAt - now).toBeGreaterThan(WINDOW_MS - 10_000);
    expect(counter.usedUp('a')).toEqual(over);
    expect((await kept(one.name))!.points).toBe(points);
    now += WINDOW_MS + 1;
    expect(counter.usedUp('a')).toBeUndefined();
    expect(await counter.hit('a')).toMatchObject({ isOver: false });
  });

  test('A call that is taken back makes room for another', async () => {
    const counter = createCounter({ ...settings(0), limit: 2 }, scratch.store.rateLimits);
    expect(await hits(counter, 3)).toBe(2);
    counter.refund('a');
    expect(await hits(counter, 3)).toBe(1);
  });

  test('A call may cost more than one, and one that costs more than what is left is not counted', async () => {
    const counter = createCounter({ ...settings(0), limit: 1000 }, scratch.store.rateLimits);
    expect(await counter.hit('a', 900)).toMatchObject({ isOver: false, used: 900 });
    expect(await counter.hit('a', 200)).toMatchObject({ isOver: true });
  });

  test('While the database is away, each process keeps the limit for itself', async () => {
    const client = new MongoClient('mongodb://127.0.0.1:1/', { serverSelectionTimeoutMS: 50 });
    const counter = createCounter(settings(20), createRateLimits(client.db('away')));
    expect(await hits(counter, 300)).toBe(LIMIT);
    await client.close();
  });
});

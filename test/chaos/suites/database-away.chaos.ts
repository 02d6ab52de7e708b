import { setTimeout as pause } from 'node:timers/promises';
import { createFigures, seconds } from '../figures';
import { underWay } from '../imports';
import { checkAtRest } from '../invariant-check';
import { MANY_REQUESTS, startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 100;
const AWAY_MS = 30_000;
/** The driver looks for a server for 3 s; the rest is for a busy machine. */
const ANSWERS_WITHIN_MS = 6_000;

describe('A database that is killed and stays away', () => {
  const figures = createFigures('mongod away 30 s', [
    'time',
    'rows',
    'sent',
    'unconfirmed',
    'slowest 503',
    'took',
    'violations',
  ]);
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(MANY_REQUESTS, { latencyMs: 300 });
  });
  afterAll(() => product.stop());

  test.each([1, 2, 3])(
    'After mongod was killed during an import and away for 30 s (time %i), the import goes on by itself; meanwhile the API answers 503 in time',
    async (time) => {
      const startedAt = Date.now();
      const upload = await product.upload(`database${time}`, ROWS);
      await underWay(product.api, upload.id);

      const answers: { status: number; type: string | null; ms: number }[] = [];
      const awayAt = Date.now();
      const back = product.away('mongod', AWAY_MS);
      // A request in flight when the database comes back may succeed.
      while (Date.now() - awayAt < AWAY_MS - ANSWERS_WITHIN_MS) {
        const askedAt = Date.now();
        const headers = { Authorization: `Bearer ${product.api.key}` };
        const { status, headers: answered } = await fetch(`${product.settings.apiUrl}/v1/imports/${upload.id}`, {
          headers,
        });
        answers.push({ status, type: answered.get('content-type'), ms: Date.now() - askedAt });
        await pause(500);
      }
      await back;
      const { sent, unconfirmed, violations } = await checkAtRest(product, upload);

      const slowest = Math.max(...answers.map(({ ms }) => ms));
      figures.add(time, ROWS, sent, unconfirmed, `${slowest} ms`, seconds(startedAt), violations.length);
      expect(violations).toEqual([]);
      expect(sent + unconfirmed).toBe(2 * ROWS);
      const unavailable = answers.filter(({ status }) => status === 503);
      expect(unavailable.length).toBeGreaterThan(0);
      expect(answers.filter(({ status, type }) => status !== 503 || !type?.includes('problem+json'))).toEqual([]);
      expect(slowest).toBeLessThan(ANSWERS_WITHIN_MS);
      expect(product.exits()).toEqual([]);
    },
  );
});

import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { createUploads, ends, underWay } from '../imports';
import { judge } from '../judge';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 100;
const AWAY_MS = 30_000;
/** The driver looks for a server for 3 s; the rest is for a machine that is busy with something else. */
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
  let upload: ReturnType<typeof createUploads>;
  beforeAll(async () => {
    product = await startProduct({
      PROVIDER_DEADLINE_MS: '2500',
      PROVIDER_LAG_MS: '250',
      SMS_CONCURRENCY: '8',
      EMAIL_BATCH_SIZE: '5',
    });
    await send(product.sandboxUrl, 'PUT', '/__settings', { latencyMs: 300 });
    upload = createUploads(product);
  });
  afterAll(async () => {
    figures.print();
    await product.stop();
  });

  test.each([1, 2, 3])(
    'When mongod is killed in the middle of an import and away for 30 s (time %i), then the API says so in time and the import goes on by itself',
    async (time) => {
      const startedAt = Date.now();
      const { id, rows } = await upload(`database${time}`, ROWS);
      await underWay(product, id);

      const answers: { status: number; type: string | null; ms: number }[] = [];
      const awayAt = Date.now();
      const back = product.away('mongod', AWAY_MS);
      // A request that is under way when the database comes back may have its answer.
      while (Date.now() - awayAt < AWAY_MS - ANSWERS_WITHIN_MS) {
        const askedAt = Date.now();
        const headers = { Authorization: `Bearer ${product.api.key}` };
        const { status, headers: answered } = await fetch(`${product.settings.apiUrl}/v1/imports/${id}`, { headers });
        answers.push({ status, type: answered.get('content-type'), ms: Date.now() - askedAt });
        await pause(500);
      }
      await back;
      const done = await product.api.rest(id, 180_000);

      const violations = await judge(product, id, rows);
      const slowest = Math.max(...answers.map(({ ms }) => ms));
      const { sent, unconfirmed } = ends(done);
      figures.add(time, ROWS, sent, unconfirmed, `${slowest} ms`, seconds(startedAt), violations.length);
      expect(violations).toEqual([]);
      expect(sent + unconfirmed).toBe(2 * ROWS);
      const refusals = answers.filter(({ status }) => status === 503);
      expect(refusals.length).toBeGreaterThan(0);
      expect(answers.filter(({ status, type }) => status !== 503 || !type?.includes('problem+json'))).toEqual([]);
      expect(slowest).toBeLessThan(ANSWERS_WITHIN_MS);
      expect(product.exits()).toEqual([]);
    },
  );
});

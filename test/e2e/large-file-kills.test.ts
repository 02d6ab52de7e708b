import { createFigures, seconds } from '../chaos/figures';
import { createUpload, endStates } from '../chaos/imports';
import { checkInvariants } from '../chaos/invariant-check';
import { MANY_REQUESTS, startProduct } from '../chaos/product';
import type { Product } from '../chaos/product';
import { killAtRandom } from '../chaos/random-kills';
import { createSeededRandom } from '../chaos/seeded-random';

/** Seven pages. */
const ROWS = 3_000;
const KILLS = 8;
const WORKERS = ['worker-1', 'worker-2'];

describe('A file of several pages while its workers die', () => {
  const random = createSeededRandom();
  const figures = createFigures('A large file under random kills', ['rows', 'sent', 'unconfirmed', 'violations']);
  let product: Product;
  beforeAll(async () => {
    const settings = { MAX_ROWS_PER_FILE: '5000', PAGES_PER_RUN: '2', SMS_CONCURRENCY: '64', EMAIL_BATCH_SIZE: '25' };
    product = await startProduct(
      { ...MANY_REQUESTS, ...settings },
      { workers: Object.fromEntries(WORKERS.map((name) => [name, {}])), ownWorkers: true, latencyMs: 50 },
    );
  }, 120_000);
  afterAll(() => product.stop(), 60_000);

  test('When workers are killed with kill -9 in the middle of its pages, then nobody is lost, nobody is invited twice, and every line ends', async () => {
    const startedAt = Date.now();
    const upload = await createUpload(product.api)('largekills', ROWS);
    const kills = killAtRandom(product, random, { names: WORKERS, times: KILLS, everyMs: [500, 2_000] });
    await kills.done;
    await product.api.rest(upload.id, 240_000);
    const violations = await checkInvariants(product, upload);
    const { sent, unconfirmed } = endStates(await product.api.find(upload.id));
    figures.add(ROWS, sent, unconfirmed, violations.length);
    figures.add(`${kills.count()} kills, all in ${seconds(startedAt)}`);
    expect(violations).toEqual([]);
    expect(kills.count()).toBe(KILLS);
    expect(sent).toBeGreaterThan(ROWS);
  }, 420_000);
});

import { createSeededRandom } from '../seeded-random';
import { startFaults, UNDER_FAULTS } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { endStates, underWay } from '../imports';
import type { Upload } from '../imports';
import { acceptedMessages, checkInvariants } from '../invariant-check';
import { nobodyElse } from '../invariants';
import { killAtRandom } from '../random-kills';
import { startProduct } from '../product';
import type { Product } from '../product';

const FILES = 20;
const ROWS = 500;
const MOST_KILLS = 1_000;
const FEWEST_KILLS = 20;
/** From the first upload to the last row; `npm run soak` as a whole takes at most 9 minutes. */
const LIMIT_MS = 420_000;

describe('Soak', () => {
  const random = createSeededRandom();
  const figures = createFigures('Twenty files of 500 under random kills and faults', [
    'file',
    'rows',
    'sent',
    'unconfirmed',
    'failed',
    'violations',
  ]);
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(
      { ...UNDER_FAULTS, EMAIL_BATCH_SIZE: '10' },
      { workers: { 'worker-1': {}, 'worker-2': {} } },
    );
  });
  afterAll(() => product.stop());

  test('Twenty files of 500 lose nobody and invite nobody twice while workers are killed at random and both providers fail', async () => {
    const startedAt = Date.now();
    const stopFaults = await startFaults(product.sandboxUrl, random);
    const uploads: Upload[] = [];
    for (let i = 0; i < FILES; i++) uploads.push(await product.upload(`file${i}`, ROWS, { isAwkward: true }));
    await underWay(product.api, uploads[0]!.id);
    const kills = killAtRandom(product, random, {
      names: ['worker-1', 'worker-2'],
      times: MOST_KILLS,
      everyMs: [1_500, 6_000],
    });
    await kills.reached(FEWEST_KILLS);
    // No kills in the last third, in which the rest of the work is done.
    const quiet = setTimeout(() => kills.stop(), (LIMIT_MS * 2) / 3 - (Date.now() - startedAt));
    for (const { id } of uploads) await product.api.rest(id, Math.max(1, startedAt + LIMIT_MS - Date.now()));
    clearTimeout(quiet);
    kills.stop();
    await kills.done;
    await stopFaults();
    const took = seconds(startedAt);

    const allViolations: string[] = [];
    for (const [i, upload] of uploads.entries()) {
      const violations = await checkInvariants(product, upload);
      allViolations.push(...violations);
      const { sent, unconfirmed, failed } = endStates(await product.api.find(upload.id));
      figures.add(i + 1, upload.rows.length, sent, unconfirmed, failed, violations.length);
    }
    const accepted = await acceptedMessages(product);
    const strangers = nobodyElse(
      accepted,
      uploads.flatMap(({ rows }) => rows),
    );
    allViolations.push(...strangers);
    figures.add(
      `${kills.count()} kills, ${accepted.length} messages accepted, ${strangers.length} to strangers, ${took}`,
    );
    expect(allViolations).toEqual([]);
    expect(kills.count()).toBeGreaterThanOrEqual(FEWEST_KILLS);
  });
});

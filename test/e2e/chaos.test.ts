import { killAtRandom } from '../chaos/random-kills';
import { createSeededRandom } from '../chaos/seeded-random';
import { startFaults, UNDER_FAULTS } from '../chaos/fault-profile';
import { createFigures, seconds } from '../chaos/figures';
import { endStates, underWay } from '../chaos/imports';
import type { Upload } from '../chaos/imports';
import { checkInvariants } from '../chaos/invariant-check';
import { startProduct } from '../chaos/product';
import type { Product } from '../chaos/product';

const FILES = 4;
const ROWS = 150;
const KILLS = 20;

/** The chaos test of every run of `npm test`; `npm run chaos` and `npm run soak` have the rest. */
describe('Chaos', () => {
  const random = createSeededRandom();
  const figures = createFigures('Random kills under faults', [
    'file',
    'rows',
    'sent',
    'unconfirmed',
    'failed',
    'violations',
  ]);
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(UNDER_FAULTS, { workers: { 'worker-1': {}, 'worker-2': {} } });
  }, 120_000);
  afterAll(() => product.stop(), 60_000);

  test('When workers are killed 20 times at random while both providers misbehave, then nobody is lost, nobody is invited twice and every row comes to a true end', async () => {
    const startedAt = Date.now();
    const stopFaults = await startFaults(product.sandboxUrl, random);
    const uploads: Upload[] = [await product.upload('file0', ROWS, { isAwkward: true })];
    await underWay(product.api, uploads[0]!.id);
    // Files are uploaded between the kills, so that each kill can hit work.
    const kills = killAtRandom(product, random, {
      names: ['worker-1', 'worker-2'],
      times: KILLS,
      everyMs: [300, 1_500],
    });
    while (uploads.length < FILES) {
      const due = (uploads.length * KILLS) / FILES;
      await kills.reached(due);
      uploads.push(await product.upload(`file${uploads.length}`, ROWS, { isAwkward: true }));
    }
    await kills.done;
    const killedFor = seconds(startedAt);

    for (const { id } of uploads) await product.api.rest(id, 240_000);
    await stopFaults();

    const allViolations: string[] = [];
    for (const [i, upload] of uploads.entries()) {
      const violations = await checkInvariants(product, upload);
      allViolations.push(...violations);
      const { sent, unconfirmed, failed } = endStates(await product.api.find(upload.id));
      figures.add(i + 1, upload.rows.length, sent, unconfirmed, failed, violations.length);
    }
    figures.add(`${kills.count()} kills in ${killedFor}, all in ${seconds(startedAt)}`);
    expect(allViolations).toEqual([]);
    expect(kills.count()).toBe(KILLS);
  }, 420_000);
});

import { killAtRandom } from '../chaos/monkey';
import { throwDice } from '../chaos/dice';
import { misbehave, UNDER_FAULTS } from '../chaos/fault-profile';
import { createFigures, seconds } from '../chaos/figures';
import { createUploads, ends, underWay } from '../chaos/imports';
import type { Upload } from '../chaos/imports';
import { judge } from '../chaos/judge';
import { startProduct } from '../chaos/product';
import type { Product } from '../chaos/product';

const FILES = 4;
const ROWS = 150;
const KILLS = 20;

/** The part of the chaos tests that runs with every change; `npm run chaos` and `npm run soak` have the rest. */
describe('Chaos', () => {
  const dice = throwDice();
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
  afterAll(async () => {
    figures.print();
    await product.stop();
  }, 60_000);

  test('When workers are killed 20 times at random while both providers misbehave, then nobody is lost, nobody is invited twice and every row comes to a true end', async () => {
    const startedAt = Date.now();
    const behave = await misbehave(product.sandboxUrl, dice);
    const upload = createUploads(product);
    const uploads: Upload[] = [await upload('file0', ROWS)];
    await underWay(product, uploads[0]!.id);
    // Each file is begun in the midst of the kills, so that there is always something to lose.
    const rampage = killAtRandom(product, dice, {
      names: ['worker-1', 'worker-2'],
      times: KILLS,
      everyMs: [300, 1_500],
    });
    while (uploads.length < FILES) {
      const due = (uploads.length * KILLS) / FILES;
      await rampage.reached(due);
      uploads.push(await upload(`file${uploads.length}`, ROWS));
    }
    await rampage.done;
    const killedFor = seconds(startedAt);

    for (const { id } of uploads) await product.api.rest(id, 120_000);
    await behave();

    const found: string[] = [];
    for (const { id, rows } of uploads) {
      const violations = await judge(product, id, rows);
      found.push(...violations);
      const { sent, unconfirmed, failed } = ends(await product.api.find(id));
      figures.add(
        `${uploads.findIndex((one) => one.id === id) + 1}`,
        rows.length,
        sent,
        unconfirmed,
        failed,
        violations.length,
      );
    }
    figures.add(`${rampage.kills()} kills in ${killedFor}, all in ${seconds(startedAt)}`);
    expect(found).toEqual([]);
    expect(rampage.kills()).toBe(KILLS);
  }, 180_000);
});

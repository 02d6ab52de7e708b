import { throwDice } from '../dice';
import { misbehave, UNDER_FAULTS } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { createUploads, ends, underWay } from '../imports';
import type { Upload } from '../imports';
import { acceptedMessages, judge } from '../judge';
import { killAtRandom } from '../monkey';
import { startProduct } from '../product';
import type { Product } from '../product';

const FILES = 20;
const ROWS = 500;
const MOST_KILLS = 1_000;
const FEWEST_KILLS = 20;
/** For all of it, from the first upload to the last row; `npm run soak` as a whole takes at most 9 minutes. */
const LIMIT_MS = 420_000;

describe('Soak', () => {
  const dice = throwDice();
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
  afterAll(async () => {
    figures.print();
    await product.stop();
  });

  test('When twenty files of 500 are imported while workers are killed at random and both providers misbehave, then nobody is lost and nobody is invited twice', async () => {
    const startedAt = Date.now();
    const behave = await misbehave(product.sandboxUrl, dice);
    const upload = createUploads(product);
    const uploads: Upload[] = [];
    for (let i = 0; i < FILES; i++) uploads.push(await upload(`file${i}`, ROWS));
    await underWay(product, uploads[0]!.id);
    const rampage = killAtRandom(product, dice, {
      names: ['worker-1', 'worker-2'],
      times: MOST_KILLS,
      everyMs: [1_500, 6_000],
    });
    await rampage.reached(FEWEST_KILLS);
    // The last third belongs to those who are still at work.
    const quiet = setTimeout(() => rampage.stop(), (LIMIT_MS * 2) / 3 - (Date.now() - startedAt));
    for (const { id } of uploads) await product.api.rest(id, Math.max(1, startedAt + LIMIT_MS - Date.now()));
    clearTimeout(quiet);
    rampage.stop();
    await rampage.done;
    await behave();
    const took = seconds(startedAt);

    const found: string[] = [];
    for (const [i, { id, rows }] of uploads.entries()) {
      const violations = await judge(product, id, rows);
      found.push(...violations);
      const { sent, unconfirmed, failed } = ends(await product.api.find(id));
      figures.add(i + 1, rows.length, sent, unconfirmed, failed, violations.length);
    }
    const accepted = (await acceptedMessages(product)).length;
    figures.add(`${rampage.kills()} kills, ${accepted} messages accepted, ${took}`);
    expect(found).toEqual([]);
    expect(rampage.kills()).toBeGreaterThanOrEqual(FEWEST_KILLS);
  });
});

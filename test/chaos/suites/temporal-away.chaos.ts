import { setTimeout as pause } from 'node:timers/promises';
import { createFigures, seconds } from '../figures';
import { underWay } from '../imports';
import { checkAtRest } from '../invariant-check';
import { MANY_REQUESTS, startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 100;
const AWAY_MS = 30_000;

describe('A Temporal server that is killed and stays away', () => {
  const figures = createFigures('Temporal away 30 s', [
    'time',
    'file',
    'rows',
    'sent',
    'unconfirmed',
    'took',
    'violations',
  ]);
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(MANY_REQUESTS, { latencyMs: 300 });
  });
  afterAll(() => product.stop());

  test.each([1, 2, 3])(
    'After the server was killed during an import and away for 30 s (time %i), the import goes on by itself, and a file uploaded meanwhile is imported',
    async (time) => {
      const startedAt = Date.now();
      const before = await product.upload(`before${time}`, ROWS);
      await underWay(product.api, before.id);

      const back = product.away('temporal', AWAY_MS);
      await pause(AWAY_MS / 3);
      const meanwhile = await product.upload(`meanwhile${time}`, 20);
      expect(await product.api.find(meanwhile.id)).toMatchObject({ status: 'queued' });
      await back;

      for (const [name, upload] of Object.entries({ before, meanwhile })) {
        const { sent, unconfirmed, violations } = await checkAtRest(product, upload);
        figures.add(time, name, upload.rows.length, sent, unconfirmed, seconds(startedAt), violations.length);
        expect(violations).toEqual([]);
        expect(sent + unconfirmed).toBe(2 * upload.rows.length);
      }
      expect(product.exits()).toEqual([]);
    },
  );
});

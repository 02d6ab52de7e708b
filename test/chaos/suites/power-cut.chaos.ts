import { setTimeout as pause } from 'node:timers/promises';
import { createSeededRandom } from '../seeded-random';
import { createFigures, seconds } from '../figures';
import { underWay } from '../imports';
import { checkAtRest } from '../invariant-check';
import { MANY_REQUESTS, startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 100;
const LATENCY_MS = 300;
const EVERYTHING = ['mongod', 'temporal', 'api', 'worker'];

describe('A power cut', () => {
  const random = createSeededRandom();
  const figures = createFigures('Everything killed at once', [
    'time',
    'rows',
    'sent',
    'unconfirmed',
    'took',
    'violations',
  ]);
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(MANY_REQUESTS, { latencyMs: LATENCY_MS });
  });
  afterAll(() => product.stop());

  // The sandbox keeps running: a power cut here does not reach the providers.
  test.each([1, 2, 3, 4, 5])(
    'After everything was killed during an import (time %i), it goes on to a true end by itself',
    async (time) => {
      const startedAt = Date.now();
      const upload = await product.upload(`power${time}`, ROWS);
      await underWay(product.api, upload.id, time * 10);
      await pause(random.below(LATENCY_MS));

      product.killAll(EVERYTHING);
      const { sent, unconfirmed, violations } = await checkAtRest(product, upload, { timeoutMs: 240_000 });

      figures.add(time, ROWS, sent, unconfirmed, seconds(startedAt), violations.length);
      expect(violations).toEqual([]);
      expect(sent + unconfirmed).toBe(2 * ROWS);
    },
  );
});

import { setTimeout as pause } from 'node:timers/promises';
import { throwDice } from '../dice';
import { send } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { createUploads, ends, underWay } from '../imports';
import { judge } from '../judge';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 100;
const LATENCY_MS = 300;
const EVERYTHING = ['mongod', 'temporal', 'api', 'worker'];

describe('A power cut', () => {
  const dice = throwDice();
  const figures = createFigures('Everything killed at once', [
    'time',
    'rows',
    'sent',
    'unconfirmed',
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
    await send(product.sandboxUrl, 'PUT', '/__settings', { latencyMs: LATENCY_MS });
    upload = createUploads(product);
  });
  afterAll(async () => {
    figures.print();
    await product.stop();
  });

  // The sandbox stays: the providers are in another house.
  test.each([1, 2, 3, 4, 5])(
    'When everything is killed in the middle of an import (time %i), then it goes on to a true end without anybody doing anything',
    async (time) => {
      const startedAt = Date.now();
      const { id, rows } = await upload(`power${time}`, ROWS);
      await underWay(product, id, time * 10);
      await pause(dice.below(LATENCY_MS));

      product.killAll(EVERYTHING);
      const done = await product.api.rest(id, 240_000);

      const violations = await judge(product, id, rows);
      const { sent, unconfirmed } = ends(done);
      figures.add(time, ROWS, sent, unconfirmed, seconds(startedAt), violations.length);
      expect(violations).toEqual([]);
      expect(sent + unconfirmed).toBe(2 * ROWS);
    },
  );
});

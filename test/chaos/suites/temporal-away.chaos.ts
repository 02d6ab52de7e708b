import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { createUploads, ends, underWay } from '../imports';
import { judge } from '../judge';
import { startProduct } from '../product';
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
    'When the server is killed in the middle of an import and away for 30 s (time %i), then the import goes on by itself, and what was uploaded meanwhile begins later',
    async (time) => {
      const startedAt = Date.now();
      const before = await upload(`before${time}`, ROWS);
      await underWay(product, before.id);

      const back = product.away('temporal', AWAY_MS);
      await pause(AWAY_MS / 3);
      const meanwhile = await upload(`meanwhile${time}`, 20);
      expect(await product.api.find(meanwhile.id)).toMatchObject({ status: 'queued' });
      await back;

      for (const [name, { id, rows }] of Object.entries({ before, meanwhile })) {
        const done = await product.api.rest(id, 180_000);
        const violations = await judge(product, id, rows);
        const { sent, unconfirmed } = ends(done);
        figures.add(time, name, rows.length, sent, unconfirmed, seconds(startedAt), violations.length);
        expect(violations).toEqual([]);
        expect(sent + unconfirmed).toBe(2 * rows.length);
      }
      expect(product.exits()).toEqual([]);
    },
  );
});

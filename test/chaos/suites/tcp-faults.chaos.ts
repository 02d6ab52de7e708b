import { setTimeout as pause } from 'node:timers/promises';
import type { LinkState } from '../../support/tcp-proxy';
import { send } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { createUploads, ends, underWay } from '../imports';
import { judge } from '../judge';
import { LINKS } from '../links';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 60;
/** What the link suffers, and for how long. */
const FAULTS: Record<string, { state: LinkState; forMs: number }> = {
  'latency of 2 s': { state: { kind: 'latency', ms: 2_000 }, forMs: 20_000 },
  '1 KB a second': { state: { kind: 'slow', bytesPerSecond: 1_024 }, forMs: 20_000 },
  resets: { state: { kind: 'reset' }, forMs: 15_000 },
  'a black hole': { state: { kind: 'black-hole' }, forMs: 60_000 },
  'connections half open': { state: { kind: 'half-open' }, forMs: 20_000 },
};
const CASES = LINKS.flatMap((link) => Object.keys(FAULTS).map((fault) => [link, fault] as const));

describe('A bad network', () => {
  const figures = createFigures('TCP faults', [
    'link',
    'fault',
    'rows',
    'sent',
    'unconfirmed',
    'took',
    'exits',
    'violations',
  ]);
  let product: Product;
  let upload: ReturnType<typeof createUploads>;
  beforeAll(async () => {
    product = await startProduct(
      { PROVIDER_DEADLINE_MS: '2500', PROVIDER_LAG_MS: '250', SMS_CONCURRENCY: '8', EMAIL_BATCH_SIZE: '5' },
      { links: true },
    );
    await send(product.sandboxUrl, 'PUT', '/__settings', { latencyMs: 300 });
    upload = createUploads(product);
  });
  afterAll(async () => {
    figures.print();
    await product.stop();
  });

  test.each(CASES)(
    'When the link %s has %s for a while, then the import comes to a true end and no process exits',
    async (link, fault) => {
      const startedAt = Date.now();
      const { state, forMs } = FAULTS[fault]!;
      const { id, rows } = await upload(`${link}-${state.kind}`, ROWS);
      await underWay(product, id);

      product.links.set(link, state);
      await pause(forMs);
      const struck = product.links.struck(link);
      product.links.set(link, { kind: 'clear' });
      const done = await product.api.rest(id, 240_000);

      const violations = await judge(product, id, rows);
      const { sent, unconfirmed } = ends(done);
      const exits = product.exits();
      figures.add(link, fault, ROWS, sent, unconfirmed, struck, seconds(startedAt), exits.length, violations.length);
      expect(struck).toBeGreaterThan(0);
      expect(violations).toEqual([]);
      expect(sent + unconfirmed).toBe(2 * ROWS);
      expect(exits).toEqual([]);
    },
  );
});

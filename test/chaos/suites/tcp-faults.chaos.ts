import { setTimeout as pause } from 'node:timers/promises';
import type { LinkState } from '../../support/tcp-proxy';
import { createFigures, seconds } from '../figures';
import { underWay } from '../imports';
import { checkAtRest } from '../invariant-check';
import { LINKS } from '../links';
import { MANY_REQUESTS, startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 60;
/** States of a link, and how long each lasts. */
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
  beforeAll(async () => {
    product = await startProduct(MANY_REQUESTS, { links: true, latencyMs: 300 });
  });
  afterAll(() => product.stop());

  test.each(CASES)(
    'While the link %s has %s, no process exits, and the import comes to a true end',
    async (link, fault) => {
      const startedAt = Date.now();
      const { state, forMs } = FAULTS[fault]!;
      const upload = await product.upload(`${link}-${state.kind}`, ROWS);
      await underWay(product.api, upload.id);

      product.links.set(link, state);
      await pause(forMs);
      const struck = product.links.struck(link);
      product.links.set(link, { kind: 'clear' });
      const { sent, unconfirmed, violations } = await checkAtRest(product, upload, { timeoutMs: 240_000 });

      const exits = product.exits();
      figures.add(link, fault, ROWS, sent, unconfirmed, struck, seconds(startedAt), exits.length, violations.length);
      expect(struck).toBeGreaterThan(0);
      expect(violations).toEqual([]);
      expect(sent + unconfirmed).toBe(2 * ROWS);
      expect(exits).toEqual([]);
    },
  );
});

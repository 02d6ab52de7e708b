import { join } from 'node:path';
import { collectionsOf } from '../../../store/documents';
import { createSeededRandom } from '../seeded-random';
import { send, startFaults, UNDER_FAULTS } from '../fault-profile';
import { createFigures } from '../figures';
import { endStates, underWay } from '../imports';
import { checkInvariants } from '../invariant-check';
import { killAtRandom } from '../random-kills';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 200;
const KILLS = 6;
const TEN_MINUTES_MS = 600_000;
/** Claim and look-up are timed by one clock, but one of the times is rounded. */
const ROUNDING_MS = 20;

const skewed = (ms: number): NodeJS.ProcessEnv => ({
  CHAOS_SKEW_MS: `${ms}`,
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${join(__dirname, '..', 'skewed-clock.cjs')}`.trim(),
});
const AHEAD = skewed(TEN_MINUTES_MS);
const BEHIND = skewed(-TEN_MINUTES_MS);

describe('Workers whose clocks are wrong', () => {
  const random = createSeededRandom();
  const figures = createFigures('Clock skew', [
    'workers',
    'rows',
    'kills',
    'sent',
    'unconfirmed',
    'looked up',
    'early',
    'violations',
  ]);

  test.each([
    ['both ten minutes ahead', AHEAD, AHEAD],
    ['both ten minutes behind', BEHIND, BEHIND],
    ['one ahead and one behind', AHEAD, BEHIND],
  ])('With two workers, %s, nobody is invited twice and no look-up comes too early', async (name, first, second) => {
    const product = await startProduct(UNDER_FAULTS, { workers: { 'worker-1': first, 'worker-2': second } });
    try {
      const stopFaults = await startFaults(product.sandboxUrl, random);
      const upload = await product.upload('skewed', ROWS);
      await underWay(product.api, upload.id);
      const kills = killAtRandom(product, random, {
        names: ['worker-1', 'worker-2'],
        times: KILLS,
        everyMs: [500, 2_000],
      });
      await kills.done;
      const importAtRest = await product.api.rest(upload.id, 180_000);
      await stopFaults();

      // Before the check of the invariants, whose audit looks everything up again.
      const lookUps = await lookUpsOf(product, upload.id);
      const violations = await checkInvariants(product, upload);
      const early = [...lookUps, ...(await doubtsOf(product, upload.id))].filter(
        ({ waitedMs }) => waitedMs < product.settings.config.timing.settleWindowMs - ROUNDING_MS,
      );
      const { sent, unconfirmed } = endStates(importAtRest);
      figures.add(name, ROWS, kills.count(), sent, unconfirmed, lookUps.length, early.length, violations.length);
      expect(violations).toEqual([]);
      expect(early).toEqual([]);
      expect(lookUps.length).toBeGreaterThan(0);
    } finally {
      await product.stop();
    }
  });

  /** How long after its claim each unconfirmed invitation was given up, by the database's clock. */
  async function doubtsOf({ db }: Product, importId: string) {
    const invitations = await collectionsOf(db).invitations.find({ importId }).toArray();
    return invitations.flatMap(({ row, trail }) =>
      trail.flatMap(({ state, at }, i) =>
        state === 'unconfirmed' ? [{ row, waitedMs: at.getTime() - trail[i - 1]!.at.getTime() }] : [],
      ),
    );
  }

  /** How long after the claim each look-up at the provider came. */
  async function lookUpsOf({ db, sandboxUrl, api }: Product, importId: string) {
    const invitations = await collectionsOf(db).invitations.find({ importId, channel: 'sms' }).toArray();
    const rows = await api.rows(importId);
    const { requests } = (await send(sandboxUrl, 'GET', '/__requests')) as {
      requests: { at: string; method: string; to: string[] }[];
    };
    return invitations.flatMap(({ row, trail }) => {
      const number = rows.find((one) => one.row === row)!.person.mobile;
      return requests
        .filter(({ method, to }) => method === 'GET' && to.includes(number))
        .map(({ at }) => {
          const asked = new Date(at).getTime();
          const claims = trail.filter(({ state }) => state === 'sending').map((step) => step.at.getTime());
          return { row, waitedMs: asked - Math.max(...claims.filter((claim) => claim <= asked + ROUNDING_MS)) };
        });
    });
  }
});

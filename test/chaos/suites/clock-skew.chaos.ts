import { join } from 'node:path';
import { collectionsOf } from '../../../store/collections';
import { throwDice } from '../dice';
import { misbehave, send, UNDER_FAULTS } from '../fault-profile';
import { createFigures } from '../figures';
import { createUploads, ends, underWay } from '../imports';
import { judge } from '../judge';
import { killAtRandom } from '../monkey';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 200;
const KILLS = 6;
const TEN_MINUTES_MS = 600_000;
/** Between the database's clock at the claim and the sandbox's at the look-up, which are one, lies a rounding. */
const ROUNDING_MS = 20;

const skewed = (ms: number): NodeJS.ProcessEnv => ({
  CHAOS_SKEW_MS: `${ms}`,
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${join(__dirname, '..', 'skewed-clock.cjs')}`.trim(),
});
const AHEAD = skewed(TEN_MINUTES_MS);
const BEHIND = skewed(-TEN_MINUTES_MS);

describe('Workers whose clocks are wrong', () => {
  const dice = throwDice();
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
  afterAll(() => figures.print());

  test.each([
    ['both ten minutes ahead', AHEAD, AHEAD],
    ['both ten minutes behind', BEHIND, BEHIND],
    ['one ahead and one behind', AHEAD, BEHIND],
  ])(
    'When of two workers are %s, then nobody is invited twice and nothing is taken from anybody before its time',
    async (name, first, second) => {
      const product = await startProduct(UNDER_FAULTS, { workers: { 'worker-1': first, 'worker-2': second } });
      try {
        const behave = await misbehave(product.sandboxUrl, dice);
        const { id, rows } = await createUploads(product)('skewed', ROWS);
        await underWay(product, id);
        const rampage = killAtRandom(product, dice, {
          names: ['worker-1', 'worker-2'],
          times: KILLS,
          everyMs: [500, 2_000],
        });
        await rampage.done;
        const done = await product.api.rest(id, 180_000);
        await behave();

        // Before the judge, whose audit looks everything up once more.
        const lookUps = await lookUpsOf(product, id);
        const violations = await judge(product, id, rows);
        const early = [...lookUps, ...(await doubtsOf(product, id))].filter(
          ({ waitedMs }) => waitedMs < product.settings.config.timing.settleWindowMs - ROUNDING_MS,
        );
        const { sent, unconfirmed } = ends(done);
        figures.add(name, ROWS, rampage.kills(), sent, unconfirmed, lookUps.length, early.length, violations.length);
        expect(violations).toEqual([]);
        expect(early).toEqual([]);
        expect(lookUps.length).toBeGreaterThan(0);
      } finally {
        await product.stop();
      }
    },
  );

  /** How long after its claim each invitation that nobody can tell of was given up, by the database's clock. */
  async function doubtsOf({ db }: Product, importId: string) {
    const invitations = await collectionsOf(db).invitations.find({ importId }).toArray();
    return invitations.flatMap(({ row, trail }) =>
      trail.flatMap(({ state, at }, i) =>
        state === 'unconfirmed' ? [{ row, waitedMs: at.getTime() - trail[i - 1]!.at.getTime() }] : [],
      ),
    );
  }

  /** Each look-up at the provider, with how long after the claim that it settles it came. */
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

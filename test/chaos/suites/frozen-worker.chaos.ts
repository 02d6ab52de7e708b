import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../support/until';
import { FREEZE_POINT } from '../fail-points';
import { createFigures, seconds } from '../figures';
import { createUploads, ends } from '../imports';
import { acceptedMessages, judge } from '../judge';
import { startProduct } from '../product';
import type { ProductOptions } from '../product';

const ROWS = 50;
const FREEZES = 5;
const FROZEN_MS = 25_000;
const LATEST_TAKE_OVER_MS = 120_000;
/** Long enough for the test to notice it, whatever else the machine is doing. */
const HELD_UP_MS = 2_000;
/** Sends again what the provider does not know of: the one policy under which a take-over sends what the frozen worker holds. */
const SETTINGS = { PROVIDER_DEADLINE_MS: '1500', PROVIDER_LAG_MS: '250', SMS_POLICY: 'resend-after-settle' };

describe('A worker frozen between a claim and its send', () => {
  const figures = createFigures('Frozen worker', [
    'fence',
    'freeze',
    'rows',
    'sent',
    'unconfirmed',
    'frozen for',
    'took',
    'violations',
  ]);
  afterAll(() => figures.print());

  /** Freezes a worker in one import after the other, until somebody is invited twice or all are done. Returns what is wrong. */
  async function freeze(name: string, workers: NonNullable<ProductOptions['workers']>): Promise<string[]> {
    const product = await startProduct(SETTINGS, { workers });
    const found: string[] = [];
    try {
      const upload = createUploads(product);
      for (let i = 1; i <= FREEZES && !found.some(isTwice); i++) {
        const startedAt = Date.now();
        product.orders.give(FREEZE_POINT, { act: 'pause', forMs: HELD_UP_MS });
        const { id, rows } = await upload(`frozen${i}`, ROWS);
        const pid = await product.orders.executor(FREEZE_POINT);
        process.kill(pid, 'SIGSTOP');
        const frozenAt = Date.now();
        const numbers = new Set(rows.map(({ mobile }) => mobile));
        const sentByOthers = async (): Promise<number> =>
          (await acceptedMessages(product)).filter(({ to }) => numbers.has(to)).length;
        // Temporal may offer the step to the frozen worker a few times, and only a take-over puts the fence to the test.
        await Promise.all([
          pause(FROZEN_MS),
          until('another worker to take over', sentByOthers, (sent) => sent === ROWS, LATEST_TAKE_OVER_MS),
        ]);
        const frozenFor = seconds(frozenAt);
        process.kill(pid, 'SIGCONT');
        const done = await product.api.rest(id, 120_000);
        // What the worker still had in its hands when it woke up is on its way for at most a deadline.
        await pause(product.settings.config.invitations.deadlineMs + HELD_UP_MS);

        const violations = await judge(product, id, rows);
        found.push(...violations);
        const { sent, unconfirmed } = ends(done);
        figures.add(name, i, ROWS, sent, unconfirmed, frozenFor, seconds(startedAt), violations.length);
      }
      return found;
    } finally {
      await product.stop();
    }
  }

  test('When it is frozen for 25 s, five times, while others take over, then it sends nothing of what it had claimed and nobody is invited twice', async () => {
    expect(await freeze('up', { 'worker-1': {}, 'worker-2': {}, 'worker-3': {} })).toEqual([]);
  });

  test('When the fence is taken away, then the very same test finds people who were invited twice', async () => {
    const unfenced = { CHAOS_FENCE_MS: '1000000000' };
    const found = await freeze('down', { 'worker-1': unfenced, 'worker-2': unfenced, 'worker-3': unfenced });
    expect(found.filter(isTwice).length).toBeGreaterThan(0);
  });
});

const isTwice = (violation: string): boolean => violation.startsWith('I3');

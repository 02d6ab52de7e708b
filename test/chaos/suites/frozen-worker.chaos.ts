import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../support/until';
import { FREEZE_POINT } from '../fail-points';
import { createFigures, seconds } from '../figures';
import { endStates } from '../imports';
import { acceptedMessages, checkInvariants } from '../invariant-check';
import { startProduct } from '../product';
import type { ProductOptions } from '../product';

const ROWS = 50;
const FREEZES = 5;
const FROZEN_MS = 25_000;
const LATEST_TAKE_OVER_MS = 120_000;
/** Long enough for the test to notice it on a busy machine. */
const HELD_UP_MS = 2_000;
/** The only policy under which a take-over sends the messages that the frozen worker has claimed. */
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

  /** Freezes a worker in one import after the other until a person is invited twice or all are done. Returns the violations. */
  async function freeze(name: string, workers: NonNullable<ProductOptions['workers']>): Promise<string[]> {
    const product = await startProduct(SETTINGS, { workers });
    const violations: string[] = [];
    try {
      for (let i = 1; i <= FREEZES && !violations.some(isTwice); i++) {
        const startedAt = Date.now();
        product.faultCommands.give(FREEZE_POINT, { act: 'pause', forMs: HELD_UP_MS });
        const upload = await product.upload(`frozen${i}`, ROWS);
        const pid = await product.faultCommands.executor(FREEZE_POINT);
        process.kill(pid, 'SIGSTOP');
        const frozenAt = Date.now();
        const numbers = new Set(upload.rows.map(({ mobile }) => mobile));
        const sentByOthers = async (): Promise<number> =>
          (await acceptedMessages(product)).filter(({ to }) => numbers.has(to)).length;
        // Temporal may offer the step to the frozen worker a few times, and only a take-over tests the fence.
        await Promise.all([
          pause(FROZEN_MS),
          until('another worker to take over', sentByOthers, (sent) => sent === ROWS, LATEST_TAKE_OVER_MS),
        ]);
        const frozenFor = seconds(frozenAt);
        process.kill(pid, 'SIGCONT');
        const importAtRest = await product.api.rest(upload.id, 120_000);
        // A message that the worker sends after waking up needs at most a deadline.
        await pause(product.settings.config.invitations.deadlineMs + HELD_UP_MS);

        const found = await checkInvariants(product, upload);
        violations.push(...found);
        const { sent, unconfirmed } = endStates(importAtRest);
        figures.add(name, i, ROWS, sent, unconfirmed, frozenFor, seconds(startedAt), found.length);
      }
      return violations;
    } finally {
      await product.stop();
    }
  }

  test('Frozen for 25 s, five times, while others take over, it sends nothing it had claimed and nobody is invited twice', async () => {
    expect(await freeze('up', { 'worker-1': {}, 'worker-2': {}, 'worker-3': {} })).toEqual([]);
  });

  test('Without the fence, the very same test finds people who were invited twice', async () => {
    const unfenced = { CHAOS_FENCE_MS: '1000000000' };
    const found = await freeze('down', { 'worker-1': unfenced, 'worker-2': unfenced, 'worker-3': unfenced });
    expect(found.filter(isTwice).length).toBeGreaterThan(0);
  });
});

const isTwice = (violation: string): boolean => violation.startsWith('I3');

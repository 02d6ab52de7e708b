import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importWorkflowId } from '../../../contract/import';
import { PAUSE, REFRESH } from '../../../contract/messages';
import { until } from '../../support/until';
import { FAIL_POINTS, nthOf } from '../fail-points';
import type { FailPointName } from '../fail-points';
import { send } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { underWay } from '../imports';
import type { Upload } from '../imports';
import { checkAtRest } from '../invariant-check';
import { MANY_REQUESTS, startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 25;
/** Several batches for each file, so that a chunk has a middle. */
const SETTINGS = { ...MANY_REQUESTS, SMS_CONCURRENCY: '10' };
const LATENCY_MS = 500;
/** Events after which Temporal suggests to continue as new; 4,096 otherwise. */
const LONG_HISTORY = 80;

describe('A worker killed at a named point', () => {
  const figures = createFigures('Fail points', [
    'point',
    'rows',
    'sent',
    'unconfirmed',
    'failed',
    'took',
    'violations',
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'client-import-chaos-temporal-'));
  let product: Product;
  beforeAll(async () => {
    const temporalBinary = join(folder, 'temporal');
    const setting = `limit.historyCount.suggestContinueAsNew=${LONG_HISTORY}`;
    writeFileSync(
      temporalBinary,
      `#!/bin/sh\nexec '${process.env.TEST_TEMPORAL_BINARY!}' "$@" --dynamic-config-value ${setting}\n`,
    );
    chmodSync(temporalBinary, 0o755);
    product = await startProduct(SETTINGS, { temporalBinary, latencyMs: LATENCY_MS });
  });
  afterAll(async () => {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    Object.keys(FAIL_POINTS).forEach((point) => product.faultCommands.withdraw(point));
    await send(product.sandboxUrl, 'DELETE', '/__faults');
    await send(product.sandboxUrl, 'DELETE', '/__outcomes');
  });

  /** Leads a worker to the points that not every import passes. */
  const PREPARATIONS: Partial<Record<FailPointName, () => Promise<Upload>>> = {
    'during-reconcile': async () => {
      await fault({ provider: 'twilio', kind: 'reply-lost', times: 4 });
      // Callbacks would settle them before the look-up.
      await send(product.sandboxUrl, 'POST', '/__outcomes', { provider: 'twilio', outcome: 'silent' });
      product.faultCommands.give('during-reconcile');
      return product.upload('during-reconcile', ROWS);
    },

    'during-continue-as-new': async () => {
      await fault({ provider: 'twilio', kind: 'error', status: 400, code: 21612, times: 1 });
      const file = await product.upload('continue', ROWS);
      expect((await product.api.rest(file.id)).status).toBe('needs-attention');
      const workflow = product.temporal.workflow.getHandle(importWorkflowId(file.id));
      const { runId } = await workflow.describe();
      product.faultCommands.give('during-continue-as-new');
      await until(
        'the next run',
        async () => {
          await workflow.signal(REFRESH);
          return workflow.describe();
        },
        (description) => description.runId !== runId,
      );
      await product.faultCommands.executor('during-continue-as-new');
      await retry(file);
      return file;
    },

    'during-pause': async () => {
      const file = await product.upload('during-pause', ROWS);
      await underWay(product.api, file.id);
      product.faultCommands.give('during-pause');
      // A pause by the API is one write and needs no worker.
      await product.temporal.workflow.getHandle(importWorkflowId(file.id)).signal(PAUSE);
      await product.faultCommands.executor('during-pause');
      await until(
        'the pause',
        () => product.api.find(file.id),
        ({ status }) => status === 'paused',
      );
      await until(
        'the resume',
        () => request(file, 'resume'),
        (status) => status < 300,
      );
      return file;
    },
  };

  test.each(Object.keys(FAIL_POINTS) as FailPointName[])(
    'After a worker was killed at the point %s, the next one brings all 25 rows to a true end and nobody is invited twice',
    async (point) => {
      const startedAt = Date.now();
      await product.untilReady('worker', 1);
      const prepare = PREPARATIONS[point];
      if (!prepare) product.faultCommands.give(point, { nth: nthOf(point) });
      const file = await (prepare?.() ?? product.upload(point, ROWS));
      await product.faultCommands.executor(point);

      const { importAtRest, sent, unconfirmed, failed, violations } = await checkAtRest(product, file, {
        timeoutMs: 120_000,
        generations: prepare ? 2 : 1,
      });

      figures.add(point, ROWS, sent, unconfirmed, failed, seconds(startedAt), violations.length);
      expect(violations).toEqual([]);
      expect(importAtRest.rows.created).toBe(ROWS);
      expect({ failed, all: sent + unconfirmed }).toEqual({ failed: 0, all: 2 * ROWS });
    },
    300_000,
  );

  const fault = (what: object): Promise<unknown> => send(product.sandboxUrl, 'POST', '/__faults', what);
  const request = async ({ id }: Upload, what: 'resume'): Promise<number> =>
    (await product.api.call('POST', `/v1/imports/${id}/${what}`)).status;
  /** The worker that has to answer may be restarting; a retry that it then does is not answered any more. */
  const retry = async ({ id }: Upload): Promise<void> => {
    await until(
      'the retry',
      () => product.api.retry(id),
      ({ status, body }) => status === 202 || body.code === 'nothing-to-retry',
      60_000,
    );
  };
});

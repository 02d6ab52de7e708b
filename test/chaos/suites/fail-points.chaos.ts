import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importWorkflowId } from '../../../contract/import';
import { REFRESH } from '../../../contract/messages';
import { until } from '../../support/until';
import { FAIL_POINTS, nthOf } from '../fail-points';
import type { FailPointName } from '../fail-points';
import { send } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { createUploads, ends, underWay } from '../imports';
import type { Upload } from '../imports';
import { judge } from '../judge';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 25;
/** Several waves for each file, so that a chunk has a middle. */
const SETTINGS = {
  PROVIDER_DEADLINE_MS: '2500',
  PROVIDER_LAG_MS: '250',
  SMS_CONCURRENCY: '10',
  EMAIL_BATCH_SIZE: '5',
};
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
  let upload: ReturnType<typeof createUploads>;
  beforeAll(async () => {
    const temporalBinary = join(folder, 'temporal');
    const setting = `limit.historyCount.suggestContinueAsNew=${LONG_HISTORY}`;
    writeFileSync(
      temporalBinary,
      `#!/bin/sh\nexec '${process.env.TEST_TEMPORAL_BINARY!}' "$@" --dynamic-config-value ${setting}\n`,
    );
    chmodSync(temporalBinary, 0o755);
    product = await startProduct(SETTINGS, { temporalBinary });
    await send(product.sandboxUrl, 'PUT', '/__settings', { latencyMs: LATENCY_MS });
    upload = createUploads(product);
  });
  afterAll(async () => {
    figures.print();
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    Object.keys(FAIL_POINTS).forEach((point) => product.orders.withdraw(point));
    await send(product.sandboxUrl, 'DELETE', '/__faults');
    await send(product.sandboxUrl, 'DELETE', '/__outcomes');
  });

  /** What it takes to get a worker to the point, for those that not every import passes. */
  const ROADS: Partial<Record<FailPointName, () => Promise<Upload>>> = {
    'during-reconcile': async () => {
      await fault({ provider: 'twilio', kind: 'reply-lost', times: 4 });
      // A callback would settle them before anybody has to look them up.
      await send(product.sandboxUrl, 'POST', '/__outcomes', { provider: 'twilio', outcome: 'silent' });
      product.orders.give('during-reconcile');
      return upload('during-reconcile', ROWS);
    },

    'during-continue-as-new': async () => {
      await fault({ provider: 'twilio', kind: 'error', status: 400, code: 21612, times: 1 });
      const file = await upload('continue', ROWS);
      expect((await product.api.rest(file.id)).status).toBe('needs-attention');
      const workflow = product.temporal.workflow.getHandle(importWorkflowId(file.id));
      const { runId } = await workflow.describe();
      product.orders.give('during-continue-as-new');
      await until(
        'the next run',
        async () => {
          await workflow.signal(REFRESH);
          return workflow.describe();
        },
        (description) => description.runId !== runId,
      );
      await product.orders.executor('during-continue-as-new');
      await retry(file);
      return file;
    },

    'during-pause': async () => {
      const file = await upload('during-pause', ROWS);
      await underWay(product, file.id);
      product.orders.give('during-pause');
      const asked = tell(file, 'pause');
      await product.orders.executor('during-pause');
      await asked;
      await until(
        'the pause',
        () => product.api.find(file.id),
        ({ status }) => status === 'paused',
      );
      await until(
        'the import to be taken up again',
        () => tell(file, 'resume'),
        (status) => status < 300,
      );
      return file;
    },
  };

  test.each(Object.keys(FAIL_POINTS) as FailPointName[])(
    'When a worker is killed at the point %s, then the next one brings all 25 rows to a true end and nobody is invited twice',
    async (point) => {
      const startedAt = Date.now();
      await product.untilReady('worker', 1);
      const road = ROADS[point];
      if (!road) product.orders.give(point, { nth: nthOf(point) });
      const file = await (road?.() ?? upload(point, ROWS));
      await product.orders.executor(point);

      const done = await product.api.rest(file.id, 120_000);

      const violations = await judge(product, file.id, file.rows, { generations: road ? 2 : 1 });
      const { sent, unconfirmed, failed } = ends(done);
      figures.add(point, ROWS, sent, unconfirmed, failed, seconds(startedAt), violations.length);
      expect(violations).toEqual([]);
      expect(done.rows.created).toBe(ROWS);
      expect({ failed, all: sent + unconfirmed }).toEqual({ failed: 0, all: 2 * ROWS });
    },
    300_000,
  );

  const fault = (what: object): Promise<unknown> => send(product.sandboxUrl, 'POST', '/__faults', what);
  const tell = async ({ id }: Upload, what: 'pause' | 'resume'): Promise<number> =>
    (await product.api.call('POST', `/v1/imports/${id}/${what}`)).status;
  /** The worker that is to answer may be on its way back, and what it does then is not answered any more. */
  const retry = async ({ id }: Upload): Promise<void> => {
    await until(
      'the retry',
      () => product.api.retry(id),
      ({ status, body }) => status === 202 || body.code === 'nothing-to-retry',
      60_000,
    );
  };
});

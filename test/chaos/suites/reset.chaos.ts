import { randomUUID } from 'node:crypto';
import { importWorkflowId } from '../../../contract/import';
import { until } from '../../support/until';
import { createSeededRandom } from '../seeded-random';
import { startFaults, UNDER_FAULTS } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { underWay } from '../imports';
import { checkAtRest } from '../invariant-check';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 100;

describe('A workflow that is reset', () => {
  const random = createSeededRandom();
  const figures = createFigures('Reset to the first event', [
    'when',
    'rows',
    'sent',
    'unconfirmed',
    'took',
    'violations',
  ]);
  let product: Product;
  beforeAll(async () => {
    product = await startProduct(UNDER_FAULTS, { latencyMs: 200 });
  });
  afterAll(() => product.stop());

  test.each([
    ['soon after the first message', 1],
    ['half way', ROWS / 2],
  ])(
    'An import that is reset to its first event %s, while the providers fail, sends nothing twice',
    async (when, accepted) => {
      const startedAt = Date.now();
      const stopFaults = await startFaults(product.sandboxUrl, random);
      const upload = await product.upload(`reset${accepted}`, ROWS);
      await underWay(product.api, upload.id, accepted);

      const runs = [await reset(upload.id)];
      // A second reset, as soon as the new run has started.
      runs.push(await reset(upload.id));
      await product.api.rest(upload.id, 180_000);
      await stopFaults();

      const { sent, unconfirmed, violations } = await checkAtRest(product, upload);
      figures.add(when, ROWS, sent, unconfirmed, seconds(startedAt), violations.length);
      expect(new Set(runs).size).toBe(2);
      expect(violations).toEqual([]);
      expect(sent + unconfirmed).toBe(2 * ROWS);
    },
  );

  /** Resets as `temporal workflow reset --type FirstWorkflowTask` does. Returns the id of the new run. */
  async function reset(importId: string): Promise<string> {
    const { temporal } = product;
    const workflow = temporal.workflow.getHandle(importWorkflowId(importId));
    const { runId } = await workflow.describe();
    const first = await until(
      'the run to be at work',
      async () => (await workflow.fetchHistory()).events!.find((event) => event.workflowTaskCompletedEventAttributes),
      (event) => event !== undefined,
    );
    const answer = await temporal.workflowService.resetWorkflowExecution({
      namespace: 'default',
      workflowExecution: { workflowId: workflow.workflowId, runId },
      workflowTaskFinishEventId: first!.eventId!,
      requestId: randomUUID(),
      reason: 'chaos',
    });
    return answer.runId;
  }
});

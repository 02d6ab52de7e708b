import { randomUUID } from 'node:crypto';
import { importWorkflowId } from '../../../contract/import';
import { until } from '../../support/until';
import { throwDice } from '../dice';
import { misbehave, send, UNDER_FAULTS } from '../fault-profile';
import { createFigures, seconds } from '../figures';
import { createUploads, ends, underWay } from '../imports';
import { judge } from '../judge';
import { startProduct } from '../product';
import type { Product } from '../product';

const ROWS = 100;

describe('A workflow that is reset', () => {
  const dice = throwDice();
  const figures = createFigures('Reset to the first event', [
    'when',
    'rows',
    'sent',
    'unconfirmed',
    'took',
    'violations',
  ]);
  let product: Product;
  let upload: ReturnType<typeof createUploads>;
  beforeAll(async () => {
    product = await startProduct(UNDER_FAULTS);
    upload = createUploads(product);
  });
  afterAll(async () => {
    figures.print();
    await product.stop();
  });

  test.each([
    ['soon after the first message', 1],
    ['half way', ROWS / 2],
  ])(
    'When an import is reset to its first event %s, while the providers misbehave, then nothing is sent twice',
    async (when, sent) => {
      const startedAt = Date.now();
      await send(product.sandboxUrl, 'PUT', '/__settings', { latencyMs: 200 });
      const behave = await misbehave(product.sandboxUrl, dice);
      const { id, rows } = await upload(`reset${sent}`, ROWS);
      await underWay(product, id, sent);

      const runs = [await reset(id)];
      // Once more, as soon as the new run is at work.
      runs.push(await reset(id));
      const done = await product.api.rest(id, 180_000);
      await behave();

      const violations = await judge(product, id, rows);
      const { sent: got, unconfirmed } = ends(done);
      figures.add(when, ROWS, got, unconfirmed, seconds(startedAt), violations.length);
      expect(new Set(runs).size).toBe(2);
      expect(violations).toEqual([]);
      expect(got + unconfirmed).toBe(2 * ROWS);
    },
  );

  /** As `temporal workflow reset --type FirstWorkflowTask` does it. Returns the new run. */
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

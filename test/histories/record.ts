import { SHORT_WINDOWS } from '../support/environment';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { importWorkflowId } from '../../contract/import';
import { OF_FIRST_RUN, SCENARIOS } from './scenarios';
import { until } from '../support/until';
import { storeHistory } from './stored';

/** `npm run histories:record` runs it; `npm test` only replays what it has stored. */
describe('Stored histories', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      ...{ SMS_CONCURRENCY: '4', MAX_ROWS_PER_FILE: '2000', PAGES_PER_RUN: '1' },
      ...SHORT_WINDOWS,
    });
  });
  afterAll(() => stack.stop());

  async function firstRunOf(id: string) {
    const workflowId = importWorkflowId(id);
    const runs = await until(
      'the first run to be listed',
      async () => {
        const found = [];
        for await (const run of stack.temporal.workflow.list({ query: `WorkflowId = "${workflowId}"` }))
          found.push(run);
        return found.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
      },
      ([run]) => run?.status.name === 'CONTINUED_AS_NEW',
    );
    return stack.temporal.workflow.getHandle(workflowId, runs[0]!.runId);
  }

  test.each(Object.entries(SCENARIOS))('%s', async (name, scenario) => {
    const id = await scenario(stack);
    await stack
      .workflow(id)
      .result()
      .catch(() => undefined);
    const history = await (OF_FIRST_RUN.includes(name) ? await firstRunOf(id) : stack.workflow(id)).fetchHistory();
    expect(history.events!.length).toBeGreaterThan(5);
    storeHistory(name, history);
  });
});

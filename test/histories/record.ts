import { SHORT_WINDOWS } from '../support/environment';
import { startStack } from '../support/stack';
import type { Stack } from '../support/stack';
import { SCENARIOS } from './scenarios';
import { storeHistory } from './stored';

/** `npm run histories:record` runs it; `npm test` only replays what it has stored. */
describe('Stored histories', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ SMS_CONCURRENCY: '4', ...SHORT_WINDOWS });
  });
  afterAll(() => stack.stop());

  test.each(Object.entries(SCENARIOS))('%s', async (name, scenario) => {
    const workflow = stack.workflow(await scenario(stack));
    await workflow.result().catch(() => undefined);
    const history = await workflow.fetchHistory();
    expect(history.events!.length).toBeGreaterThan(5);
    storeHistory(name, history);
  });
});

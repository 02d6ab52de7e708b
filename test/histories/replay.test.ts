import { bundleWorkflowCode, ReplayError, Worker } from '@temporalio/worker';
import type { temporal } from '@temporalio/proto';
import { DeterminismViolationError } from '@temporalio/workflow';
import { sharedServers } from '../support/environment';
import { importWorkflowId } from '../../contract/import';
import type { ImportInput } from '../../contract/import';
import { SCENARIOS } from './scenarios';
import { openHistories, readHistory, stepwiseHistories, storedHistories } from './stored';

/** As an import that was planned before every step returned the whole: no run of today's code goes on with it. */
const BEFORE = 'before-snapshots';

/** The id that the workflow had: by its input. */
function workflowIdOf(name: string): string {
  const [started] = (readHistory(name) as temporal.api.history.v1.IHistory).events!;
  const [input] = started!.workflowExecutionStartedEventAttributes!.input!.payloads!;
  const text = Buffer.from(input!.data as unknown as string, 'base64').toString();
  return importWorkflowId((JSON.parse(text) as ImportInput).importId);
}

async function replay(names: string[], workflowBundle: { code: string } | { codePath: string }) {
  const failures = new Map<string, Error>();
  const histories = names.map((name) => ({ workflowId: workflowIdOf(name), history: readHistory(name) }));
  const byId = new Map(names.map((name) => [workflowIdOf(name), name]));
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    if (error) failures.set(byId.get(workflowId)!, error);
  }
  return failures;
}

describe('Stored histories', () => {
  const today = () => ({ codePath: sharedServers().workflowBundle });
  const names = storedHistories().filter((name) => name !== BEFORE);

  test('There is one of every scenario', () => {
    expect(names).toEqual(Object.keys(SCENARIOS).sort());
  });

  test('The code of today replays them all', async () => {
    expect(await replay(names, today())).toEqual(new Map());
  });

  test('The code of today replays those of the previous release that were open, each in a way of its own', async () => {
    expect(openHistories().length).toBeGreaterThanOrEqual(9);
    expect(await replay(openHistories(), today())).toEqual(new Map());
  });

  test('The code of today replays those of builds that took a step for each part of a file, one of every scenario', async () => {
    // They knew neither an undo nor pages.
    const since = Object.keys(SCENARIOS).filter((name) => /^(undone|pages)/.test(name));
    expect(stepwiseHistories()).toHaveLength(Object.keys(SCENARIOS).length - since.length);
    expect(await replay(stepwiseHistories(), today())).toEqual(new Map());
  });

  test('A timer more makes each of them fail', async () => {
    const planted = await bundleWorkflowCode({ workflowsPath: require.resolve('./planted-timer') });
    const failures = await replay(names, planted);
    expect([...failures.keys()]).toEqual(names);
    for (const error of failures.values()) expect(error).toBeInstanceOf(DeterminismViolationError);
  });

  test('A history of before the steps returned snapshots does not replay, which was decided', async () => {
    expect([...(await replay([BEFORE], today())).values()]).toEqual([expect.any(ReplayError)]);
  });
});

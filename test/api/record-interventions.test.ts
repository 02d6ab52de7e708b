import { laterRuns } from '../../api/audit-log/record-interventions';
import type { Run } from '../../api/temporal/interventions';

const run = (importId: string, startedAt: number): Run => ({
  ...{ importId, workflowId: `import:${importId}`, runId: `${importId}-${startedAt}` },
  ...{ startedAt: new Date(startedAt), isTerminated: false },
});

test('Of the runs of a workflow, all but the one that began first are later ones, in whatever order they are listed', () => {
  const runs = [run('a', 30), run('b', 10), run('a', 20), run('a', 40), run('c', 20)];
  expect([...laterRuns(runs)].map(({ runId }) => runId)).toEqual(['a-30', 'a-40']);
});

test('The runs of a day with 200,000 imports are looked through within two seconds', () => {
  const runs = Array.from({ length: 200_000 }, (_, i) => run(`${i}`, i));
  const before = process.cpuUsage();
  expect(laterRuns([...runs, run('7', 1_000_000)]).size).toBe(1);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(2_000);
});

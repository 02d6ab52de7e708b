import { join } from 'node:path';
import setUp, { testRun } from '../global-setup';
import tearDown from '../global-teardown';
import { SEEDED_BUGS } from './bugs';
import type { SeededBug } from './bugs';
import { copyProject, plant } from './planted-copy';
import { runTests } from './run-tests';
import { problemWithoutBug, verdictOf } from './verdict';
import type { Verdict } from './verdict';

/**
 * Plants one bug after the other in a copy of the project, and checks that the test named for it fails:
 * npm run seeded-bugs [-- name …]
 * Succeeds if an assertion of each bug's test catches the bug, and the test passes without it.
 */
async function main(names: string[]): Promise<boolean> {
  const bugs = SEEDED_BUGS.filter(({ name }) => names.length === 0 || names.includes(name));
  const unknown = names.filter((name) => !SEEDED_BUGS.some((bug) => bug.name === name));
  if (unknown.length > 0) throw new Error(`There is no bug named ${unknown.join(', ')}.`);
  await setUp();
  try {
    return await catchAll(bugs, join(testRun.clientImportTestRun!.folder, 'project'));
  } finally {
    await tearDown();
  }
}

async function catchAll(bugs: SeededBug[], folder: string): Promise<boolean> {
  copyProject(folder);
  // Finds bugs that have lost their place before minutes have passed.
  for (const bug of bugs) plant(bug, folder)();
  say(`Running the tests of ${bugs.length} bugs without them …`);
  const sound = await runTests(folder, bugs, environment());
  say(`\n| Bug | What is wrong | Caught by | Caught | Seconds |\n| --- | --- | --- | --- | --- |`);
  let caught = 0;
  for (const bug of bugs) {
    const since = performance.now();
    const problem = problemWithoutBug(bug, sound);
    const verdict: Verdict = problem ? { kind: 'error', why: problem } : await tryOne(bug, folder);
    if (verdict.kind === 'caught') caught++;
    say(rowOf(bug, verdict, (performance.now() - since) / 1000));
    if (verdict.kind === 'error') process.stderr.write(`${bug.name}: ${firstLines(verdict.why)}\n`);
  }
  say(`\n${caught} of ${bugs.length} seeded bugs are caught.`);
  return caught === bugs.length;
}

async function tryOne(bug: SeededBug, folder: string): Promise<Verdict> {
  const remove = plant(bug, folder);
  try {
    return verdictOf(bug, await runTests(folder, [bug], environment(bug)));
  } finally {
    remove();
  }
}

/**
 * Uses the servers of this run, except the sandbox: a failing test leaves its planned faults there. The workflow bundle of
 * this run has no bugs, so bugs in workflows need their own.
 */
function environment(bug?: SeededBug): NodeJS.ProcessEnv {
  // Fixed seeds, as in CI.
  const env: NodeJS.ProcessEnv = { ...process.env, CI: '1' };
  delete env.TEST_SANDBOX_URL;
  if (bug && /^(?:workflows|contract)\//.test(bug.file)) delete env.TEST_WORKFLOW_BUNDLE;
  return env;
}

const CAUGHT = { caught: 'yes', missed: '**no**', error: '**error**' } as const;

function rowOf({ name, what, suite, test }: SeededBug, verdict: Verdict, seconds: number): string {
  const by = `${suite}: ${verdict.kind === 'caught' ? verdict.by : test}`;
  return `| ${name} | ${what} | ${by} | ${CAUGHT[verdict.kind]} | ${seconds.toFixed(1)} |`;
}

const firstLines = (text: string): string => text.split('\n').slice(0, 12).join('\n');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

main(process.argv.slice(2)).then(
  (allCaught) => process.exit(allCaught ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { SeededBug } from './bugs';

/** The result of one test. */
export interface TestResult {
  name: string;
  suite: string;
  status: string;
  /** Failure messages, without colours. */
  failures: string[];
}

export interface TestRun {
  /** Only tests that were run. */
  tests: TestResult[];
  /** Why suites could not be run at all. */
  trouble: string;
}

interface JestReport {
  testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
/** Limit for a run that does not end by itself. */
const LONGEST_RUN_MS = 300_000;

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Runs only the tests of these bugs in a copy of the project. */
export async function runTests(
  folder: string,
  bugs: readonly Pick<SeededBug, 'suite' | 'test' | 'endsAfterMs'>[],
  env: NodeJS.ProcessEnv,
): Promise<TestRun> {
  const report = join(folder, '..', 'report.json');
  rmSync(report, { force: true });
  const limit = bugs.length === 1 ? bugs[0]!.endsAfterMs : undefined;
  const output = await run(
    [
      ...JEST,
      ...['--runTestsByPath', ...new Set(bugs.map(({ suite }) => suite))],
      ...['--testNamePattern', bugs.map(({ test }) => patternOf(test)).join('|')],
      ...['--json', '--outputFile', report, '--cacheDirectory', join(folder, '..', 'jest'), '--forceExit'],
      ...(limit === undefined ? [] : ['--testTimeout', String(limit)]),
    ],
    folder,
    env,
  );
  return read(report, folder, output);
}

/** Matches the name with any values in place of its placeholders. */
const patternOf = (test: string): string =>
  test
    .split(/%[sdi]/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');

export const isNamed = ({ name }: TestResult, { test }: Pick<SeededBug, 'test'>): boolean =>
  new RegExp(patternOf(test)).test(name);

/** Resolves to the standard error output. */
function run(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
    let output = '';
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(limit);
      running.delete(child);
      resolve(stripVTControlCharacters(output));
    });
  });
}

function read(report: string, folder: string, output: string): TestRun {
  let parsed: JestReport;
  try {
    parsed = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
  } catch {
    return { tests: [], trouble: output.trim().split('\n').slice(-20).join('\n') };
  }
  const tests = parsed.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, failureMessages }) => ({
        name: fullName,
        suite: name.slice(folder.length + 1),
        status,
        failures: failureMessages.map(stripVTControlCharacters),
      })),
  );
  const broken = parsed.testResults.filter(({ assertionResults }) => assertionResults.length === 0);
  return { tests, trouble: broken.map(({ message }) => stripVTControlCharacters(message).trim()).join('\n') };
}

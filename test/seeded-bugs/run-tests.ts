import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { SeededBug } from './bugs';

/** What became of one test. */
export interface TestResult {
  name: string;
  suite: string;
  status: string;
  /** Why it failed, without colours. */
  failures: string[];
}

export interface TestRun {
  /** Those that were run. */
  tests: TestResult[];
  /** Why tests could not be run at all. */
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
/** For a run that does not end by itself, whatever its tests' own limits. */
const LONGEST_RUN_MS = 300_000;

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Runs the tests of these bugs, and no others, in a copy of the project. */
export async function runTests(
  folder: string,
  bugs: readonly Pick<SeededBug, 'suite' | 'test' | 'endsAfterMs'>[],
  env: NodeJS.ProcessEnv,
): Promise<TestRun> {
  const report = join(folder, '..', 'report.json');
  rmSync(report, { force: true });
  const limit = bugs.length === 1 ? bugs[0]!.endsAfterMs : undefined;
  const said = await run(
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
  return read(report, folder, said);
}

/** A name with the values of its cases in it, as Jest has filled them in. */
const patternOf = (test: string): string =>
  test
    .split(/%[sdi]/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');

export const isNamed = ({ name }: TestResult, { test }: Pick<SeededBug, 'test'>): boolean =>
  new RegExp(patternOf(test)).test(name);

/** Resolves with what it wrote. */
function run(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_RUN_MS);
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(limit);
      running.delete(child);
      resolve(stripVTControlCharacters(said));
    });
  });
}

function read(report: string, folder: string, said: string): TestRun {
  let found: JestReport;
  try {
    found = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
  } catch {
    return { tests: [], trouble: said.trim().split('\n').slice(-20).join('\n') };
  }
  const tests = found.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, failureMessages }) => ({
        name: fullName,
        suite: name.slice(folder.length + 1),
        status,
        failures: failureMessages.map(stripVTControlCharacters),
      })),
  );
  const broken = found.testResults.filter(({ assertionResults }) => assertionResults.length === 0);
  return { tests, trouble: broken.map(({ message }) => stripVTControlCharacters(message).trim()).join('\n') };
}

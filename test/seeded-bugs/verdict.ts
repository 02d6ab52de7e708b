import type { SeededBug } from './bugs';
import { isNamed } from './run-tests';
import type { TestResult, TestRun } from './run-tests';

/** Whether the named test has caught the bug; `error` if that cannot be decided. */
export type Verdict = { kind: 'caught'; by: string } | { kind: 'missed' } | { kind: 'error'; why: string };

const named = ({ tests }: TestRun, bug: SeededBug): TestResult[] =>
  tests.filter((test) => test.suite === bug.suite && isNamed(test, bug));

/** Why the named test proves nothing about the unchanged product; `undefined` if it ran and passes. */
export function problemWithoutBug(bug: SeededBug, run: TestRun): string | undefined {
  const tests = named(run, bug);
  if (tests.length === 0) return `the test was not run. ${run.trouble}`;
  const failed = tests.find(({ status }) => status === 'failed');
  return failed && `the test fails without the bug: ${failed.failures[0]}`;
}

export function verdictOf(bug: SeededBug, run: TestRun): Verdict {
  const tests = named(run, bug);
  if (tests.length === 0) return { kind: 'error', why: `the test was not run. ${run.trouble}` };
  const failed = tests.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return { kind: 'missed' };
  const caught = failed.find(({ failures }) => failures.some((failure) => isOfAssertion(failure, bug)));
  if (caught) return { kind: 'caught', by: caught.name };
  return { kind: 'error', why: `the test fails, but not by an assertion: ${failed[0]!.failures[0]}` };
}

/** A failed expectation, or a condition awaited in vain; not an error on the way there. */
const ASSERTION = /^(?:\w*Error: )?(?:expect\(|Waited \d+ ms for |Property failed after )/;
const CUT_OFF = /Exceeded timeout of \d+ ms/;

const isOfAssertion = (failure: string, { endsAfterMs }: SeededBug): boolean =>
  ASSERTION.test(failure) || (endsAfterMs !== undefined && CUT_OFF.test(failure));

import type { SeededBug } from './bugs';
import { isNamed } from './run-tests';
import type { TestResult, TestRun } from './run-tests';

/** Whether the named test has noticed the bug; `error` where that cannot be said. */
export type Verdict = { kind: 'caught'; by: string } | { kind: 'missed' } | { kind: 'error'; why: string };

const named = ({ tests }: TestRun, bug: SeededBug): TestResult[] =>
  tests.filter((test) => test.suite === bug.suite && isNamed(test, bug));

/** Why the named test says nothing about the product as it is; `undefined` where it was run and passes. */
export function faultWithoutBug(bug: SeededBug, run: TestRun): string | undefined {
  const tests = named(run, bug);
  if (tests.length === 0) return `the test was not run. ${run.trouble}`;
  const failed = tests.find(({ status }) => status === 'failed');
  return failed && `the test fails without the bug: ${failed.failures[0]}`;
}

export function judge(bug: SeededBug, run: TestRun): Verdict {
  const tests = named(run, bug);
  if (tests.length === 0) return { kind: 'error', why: `the test was not run. ${run.trouble}` };
  const failed = tests.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return { kind: 'missed' };
  const caught = failed.find(({ failures }) => failures.some((failure) => isOfAssertion(failure, bug)));
  if (caught) return { kind: 'caught', by: caught.name };
  return { kind: 'error', why: `the test fails, but not by an assertion: ${failed[0]!.failures[0]}` };
}

/** A failed expectation, or a condition that was awaited in vain; not something that broke on the way there. */
const ASSERTION = /^(?:\w*Error: )?(?:expect\(|Waited \d+ ms for |Property failed after )/;
const CUT_OFF = /Exceeded timeout of \d+ ms/;

const isOfAssertion = (failure: string, { endsAfterMs }: SeededBug): boolean =>
  ASSERTION.test(failure) || (endsAfterMs !== undefined && CUT_OFF.test(failure));

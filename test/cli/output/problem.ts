import type { Problem } from '../../../contract/problem';

/** A problem of one cell, as the API gives it. */
export const problem = (change: Partial<Problem> = {}): Problem => ({
  code: 'email.invalid',
  severity: 'error',
  line: 3,
  column: 'Email',
  letter: 'C',
  value: 'x',
  message: 'It is wrong.',
  expected: 'An address.',
  fix: 'Correct it.',
  suggestion: null,
  ...change,
});

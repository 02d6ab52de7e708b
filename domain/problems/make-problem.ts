import type { CellProblem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';

/** A problem of the file as a whole, which is in no cell. */
export function fileProblem(code: ProblemCode, details?: CellProblem['details']): CellProblem {
  return { code, column: null, letter: null, value: null, ...(details && { details }) };
}

const LONGEST_VALUE = 200;

/** A value as it is shown and stored with a problem: a cell can hold a whole novel, its problem need not. */
export function shorten(value: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  // Cutting between two halves of one character would leave text that no database takes.
  return `${value.slice(0, LONGEST_VALUE).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

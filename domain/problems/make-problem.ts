import type { CellProblem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import { formatRowSet, shortenRowSet } from '../../contract/row-set';

/** A problem of the file as a whole. */
export function fileProblem(code: ProblemCode, details?: CellProblem['details']): CellProblem {
  return { code, column: null, letter: null, value: null, ...(details && { details }) };
}

const LONGEST_VALUE = 200;

/** Lines for a problem of the file, short enough to be shown and stored with it. */
export const linesInShort = (lines: readonly number[]): string => shortenRowSet(formatRowSet(lines), LONGEST_VALUE);

/** The beginning of a value, short enough to be shown and stored with a problem. */
export function shorten(value: string, longest = LONGEST_VALUE): string {
  if (value.length <= longest) return value;
  // Half a character at the end would be invalid text for the database.
  return `${value.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

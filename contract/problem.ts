import type { ProblemCode } from './problem-codes';

/** A problem and its place: the column's header as written in the admin's file, and its letter. */
export interface CellProblem {
  code: ProblemCode;
  /** `null` if the problem is not about one column. */
  column: string | null;
  letter: string | null;
  /** The value as typed; `null` if the cell is blank. Personal data: stays in MongoDB and answers of the API. */
  value: string | null;
  /** Values for the texts of the catalogue, such as the first line of a duplicate. */
  details?: Record<string, string | number>;
  /** A guess at the correct value, never applied. Personal data like `value`. */
  suggestion?: string;
  /** Values that the cell can mean, each of which would be accepted. Personal data like `value`. */
  choices?: string[];
}

/** A problem with its texts, as the API and the command line show it. */
export interface Problem {
  code: ProblemCode;
  severity: 'error' | 'warning';
  /** The spreadsheet line; `null` for a problem of the whole file. */
  line: number | null;
  column: string | null;
  letter: string | null;
  value: string | null;
  /** The problem, the expected value and the fix, each one or two sentences. */
  message: string;
  expected: string;
  fix: string;
  /** A guess at the correct value; `null` if none is likely enough. */
  suggestion: string | null;
  /** The values that the cell can mean, if it is unclear which; each would be accepted. */
  choices?: string[];
}

/** An automatic correction of a cell. */
export interface Repair {
  column: string;
  before: string;
  after: string;
}

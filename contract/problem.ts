import type { ProblemCode } from './problem-codes';

/** A cell in which something was found: the column's header as it reads in the admin's file, and its letter. */
export interface CellProblem {
  code: ProblemCode;
  /** `null` where the problem is not about one column. */
  column: string | null;
  letter: string | null;
  /** The value as typed; `null` where there is none. Personal data: stays in MongoDB and answers of the API. */
  value: string | null;
  /** What the texts of the catalogue fill in, such as the first line of a duplicate. */
  details?: Record<string, string | number>;
  /** What could be put into the cell instead. Only a guess, so it is never applied. Personal data as `value` is. */
  suggestion?: string;
}

/** A problem in words, as every surface shows it. */
export interface Problem {
  code: ProblemCode;
  severity: 'error' | 'warning';
  /** The spreadsheet line; `null` for a problem of the whole file. */
  line: number | null;
  column: string | null;
  letter: string | null;
  value: string | null;
  /** What is wrong, what was expected and what to do, each a sentence. */
  message: string;
  expected: string;
  fix: string;
  /** What could be put into the cell instead; `null` where nothing is likely enough to be suggested. */
  suggestion: string | null;
}

/** What was corrected in a cell without being asked. */
export interface Repair {
  column: string;
  before: string;
  after: string;
}

import type { ProblemCode } from './problem-codes';
import type { RowSet } from './row-set';

/** The statuses of a spreadsheet line. Each line has exactly one, so the counts add up to the lines. */
export const ROW_STATUSES = [
  /** Checked and staged; its person is not written yet. */
  'pending',
  /** Has at least one error; nothing was created or sent. */
  'rejected',
  /** Its client team has no active staff member yet. */
  'waiting',
  'created',
  'updated',
  'unchanged',
  'skipped',
  /** Put aside by an administrator, because it is no person. */
  'ignored',
  /** The import was cancelled before the row was reached. */
  'cancelled',
  /** The import was undone: its person was removed, or has the former values again. */
  'undone',
] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** The status of a set of rows; `codes` are their errors and warnings. */
export interface RowOutcome {
  rows: RowSet;
  /** How many they are, in an import of several pages: `rows` names the first of them. */
  count?: number;
  status: RowStatus;
  codes?: ProblemCode[];
  /** Of rows that wait: the name of the client team without active staff. */
  team?: string;
}

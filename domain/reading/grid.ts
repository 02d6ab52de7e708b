import type { CellProblem } from '../../contract/problem';
import type { Question } from '../../contract/question';
import type { List } from '../long-list';
import type { Layout } from '../table';

/** The cells of a file, before their columns are known. */
export interface Grid {
  layout: Layout;
  /** From the first row of the spreadsheet on, blank ones included, so that index + 1 is the number of the row. */
  records: List<string[]>;
  /** Set where the file goes on below these records: how many of all its rows have something in them. */
  filledRows?: number;
  /** The indexes of the records and columns that a person who looks at the sheet does not see. */
  hiddenRows?: ReadonlySet<number>;
  hiddenColumns?: ReadonlySet<number>;
  /** What only the administrator knows. */
  questions?: Question[];
  /** Asked if the row of headings cannot be read: another sheet may be meant. */
  otherSheets?: Question;
  /** Problems of the file that the admin should know of, though it can be read. */
  warnings: CellProblem[];
  /** By the index of the record, the indexes of cells whose value may be of before the data were changed. */
  doubtful?: ReadonlyMap<number, readonly number[]>;
}

export type ReadGrid = { ok: true; grid: Grid } | { ok: false; problems: CellProblem[] };

export const rejectGrid = (problem: CellProblem): ReadGrid => ({ ok: false, problems: [problem] });

export const isBlank = (record: readonly string[]): boolean => record.every((cell) => cell.trim() === '');

/** As far down the names of the columns are looked for: lists have a title, a date and a remark above them. */
export const LEADING_ROWS = 11;
/** So many names of columns in one row are no coincidence. */
export const SURELY_A_HEADER = 3;

export interface LeadingRecord {
  index: number;
  record: readonly string[];
}

/** The first records that are not blank. */
export function leadingRecords(records: Iterable<readonly string[]>): LeadingRecord[] {
  const leading: LeadingRecord[] = [];
  let index = 0;
  for (const record of records) {
    if (!isBlank(record)) leading.push({ index, record });
    if (leading.length === LEADING_ROWS) break;
    index++;
  }
  return leading;
}

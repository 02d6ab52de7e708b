import type { CellProblem } from '../../contract/problem';
import type { Layout } from '../table';

/** The cells of a file, before anybody knows what they mean. */
export interface Grid {
  layout: Layout;
  /** From the first row of the spreadsheet on, blank ones included, so that index + 1 is the number of the row. */
  records: string[][];
  /** Set where the file goes on below these records: how many of all its rows have something in them. */
  filledRows?: number;
  /** What the admin should know of the file though it can be read. */
  warnings: CellProblem[];
}

export type ReadGrid = { ok: true; grid: Grid } | { ok: false; problems: CellProblem[] };

export const refuseGrid = (problem: CellProblem): ReadGrid => ({ ok: false, problems: [problem] });

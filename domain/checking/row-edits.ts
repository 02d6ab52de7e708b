import type { ImportKind } from '../../contract/import';
import type { CellProblem } from '../../contract/problem';
import { columnsOf } from '../columns';
import { mapList } from '../long-list';
import type { Table, TableRow } from '../table';

/** A row that was put aside, because it is no person. */
export interface Ignored {
  /** In the words of whoever put it aside; `null` if they gave none. */
  reason: string | null;
  at: Date;
  /** What was wrong with it, for when it is taken back; absent for a row of a preview, which is checked again then. */
  problems?: CellProblem[];
}

/** What was said of a row of a preview since its file was read. The file is read again before a plan is applied. */
export interface RowEdit {
  /** Cells that were typed in place of those of the file. Personal data. */
  typed?: TableRow['cells'];
  ignored?: Ignored;
}

export type RowEdits = ReadonlyMap<number, RowEdit>;

/** The table with the typed cells in place of its own. */
export function withTyped(table: Table, edits: RowEdits, kind: ImportKind): Table {
  if (edits.size === 0) return table;
  const rows = mapList(table.rows, (row) => {
    const typed = edits.get(row.line)?.typed;
    if (!typed) return row;
    const { excess, ...others } = row;
    const isShifted = excess !== undefined && leavesShift(kind, row.cells, typed);
    return { ...others, cells: { ...row.cells, ...typed }, ...(isShifted && { excess }) };
  });
  return { ...table, rows };
}

/** Whether a shifted row stays so: its cells are under the wrong headings until each that matters is typed again. */
export const leavesShift = (kind: ImportKind, cells: TableRow['cells'], typed: TableRow['cells']): boolean =>
  columnsOf(kind).some(
    ({ key, required }) => typed[key] === undefined && (required || (cells[key] ?? '').trim() !== ''),
  );

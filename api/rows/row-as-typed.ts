import type { ImportKind } from '../../contract/import';
import type { ColumnKey } from '../../domain/columns';
import { leavesShift } from '../../domain/checking/row-edits';
import type { Table, TableRow } from '../../domain/table';
import type { ImportDoc, RowDoc } from '../../store/documents';

export type Cells = Partial<Record<ColumnKey, string>>;

export const hasChanges = (cells: Cells, changes: Cells): boolean =>
  Object.entries(changes).some(([key, value]) => value !== (cells[key as ColumnKey] ?? ''));

/** Puts the row into a table, to check it like a file. `duplicateOf` is another line of the import with its address. */
export function tableOf(
  { columns, layout }: Pick<ImportDoc, 'columns' | 'layout'>,
  row: TableRow,
  duplicateOf: number | null,
): Table {
  const other = { line: duplicateOf ?? 0, cells: { email: row.cells.email ?? '' }, raw: [] };
  return {
    layout: layout ?? { format: 'csv', encoding: 'utf8', byteOrderMark: false, delimiter: ',' },
    headers: columns.map(({ header }) => header),
    columns,
    rows: duplicateOf === null ? [row] : [other, row],
    warnings: [],
  };
}

/**
 * Finds the excess cell of a shifted row. Its cells are under the wrong headers, so the row stays invalid until all of them
 * are typed again.
 */
export function findExcess(
  kind: ImportKind,
  { problems, cells = {} }: Pick<RowDoc, 'problems' | 'cells'>,
  changes: Cells,
): Pick<TableRow, 'excess'> {
  const shift = problems.find(({ code }) => code === 'row.too-many-cells');
  if (!shift) return {};
  return leavesShift(kind, cells, changes) ? { excess: { letter: shift.letter ?? '', value: shift.value ?? '' } } : {};
}

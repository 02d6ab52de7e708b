import type { ImportKind } from '../../contract/import';
import type { CellProblem, Repair } from '../../contract/problem';
import type { UnplacedProblem } from './cells/cell-verdict';
import type { RowVerdicts } from './cells/check-cells';
import { columnsOf } from '../columns';
import type { ColumnKey } from '../columns';
import { shorten } from '../problems/make-problem';
import type { Table, TableRow } from '../table';

/** Where a column is to be found by the admin; the letter is `null` if the file does not have it. */
export interface Place {
  key: ColumnKey;
  header: string;
  letter: string | null;
}

/** The file's columns as they stand, then those it does not have: an absent cell can be at fault as well. */
export function placesOf({ columns }: Pick<Table, 'columns'>, kind: ImportKind): Place[] {
  const absent = columnsOf(kind).filter(({ key }) => !columns.some((column) => column.key === key));
  return [...columns, ...absent.map(({ key, header }) => ({ key, header, letter: null }))];
}

/** Everything that was found in a row, in the order of the file's columns. */
export function problemsIn(row: TableRow, places: readonly Place[], verdicts: RowVerdicts): CellProblem[] {
  const problems: CellProblem[] = [];
  for (const place of places) {
    const findings = verdicts[place.key]?.findings ?? [];
    for (const finding of findings) problems.push(problemAt(place, row.cells[place.key] ?? '', finding));
  }
  if (row.excess) problems.push({ code: 'row.too-many-cells', column: null, ...row.excess });
  return problems;
}

/** The cells of a row that were understood otherwise than they are written. */
export function repairsIn(
  row: TableRow,
  places: readonly Place[],
  verdicts: RowVerdicts,
): (Repair & { key: ColumnKey })[] {
  const repairs = [];
  for (const { key, header } of places) {
    const before = row.cells[key] ?? '';
    const after = verdicts[key]?.text ?? before;
    if (after !== before) repairs.push({ key, column: header, before: shorten(before), after });
  }
  return repairs;
}

function problemAt({ header, letter }: Place, cell: string, { value, ...finding }: UnplacedProblem): CellProblem {
  return { ...finding, column: header, letter, value: value ?? (cell.trim() === '' ? null : shorten(cell)) };
}

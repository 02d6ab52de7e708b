import type { ImportKind } from '../../contract/import';
import type { CellProblem, Repair } from '../../contract/problem';
import { columnsOf } from '../columns';
import type { ColumnKey } from '../columns';
import { shorten } from '../problems/make-problem';
import type { Table, TableRow } from '../table';
import type { UnplacedProblem } from './cells/cell-verdict';
import type { RowVerdicts } from './cells/check-cells';

/** The place of a column in the admin's file; the letter is `null` if the file lacks it. */
export interface Place {
  key: ColumnKey;
  header: string;
  letter: string | null;
}

/** The columns of the file in their order, then the missing ones: a missing cell can have a problem too. */
export function placesOf({ columns }: Pick<Table, 'columns'>, kind: ImportKind): Place[] {
  const absent = columnsOf(kind).filter(({ key }) => !columns.some((column) => column.key === key));
  return [...columns, ...absent.map(({ key, header }) => ({ key, header, letter: null }))];
}

/** All problems of a row, in the order of the file's columns. */
export function problemsIn(row: TableRow, places: readonly Place[], verdicts: RowVerdicts): CellProblem[] {
  const problems = places.flatMap((place) =>
    (verdicts[place.key]?.problems ?? []).map((problem) => problemAt(place, row.cells[place.key] ?? '', problem)),
  );
  if (row.excess) problems.push({ code: 'row.too-many-cells', column: null, ...row.excess });
  return problems;
}

export function problemAt(
  { header, letter }: Pick<Place, 'header' | 'letter'>,
  cell: string,
  { value, ...problem }: UnplacedProblem,
): CellProblem {
  return { ...problem, column: header, letter, value: value ?? (cell.trim() === '' ? null : shorten(cell)) };
}

/** The cells of a row that were understood differently from how they are written. */
export function repairsIn(
  row: TableRow,
  places: readonly Place[],
  verdicts: RowVerdicts,
): (Repair & { key: ColumnKey })[] {
  return places.flatMap(({ key, header }) => {
    const before = row.cells[key] ?? '';
    const after = verdicts[key]?.text ?? before;
    return after === before ? [] : [{ key, column: header, before: shorten(before), after }];
  });
}

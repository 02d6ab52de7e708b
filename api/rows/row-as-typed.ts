import type { ImportKind } from '../../contract/import';
import type { ColumnKey } from '../../domain/columns';
import { columnsOf } from '../../domain/columns';
import type { PersonValues } from '../../domain/person';
import type { Table, TableRow } from '../../domain/table';
import type { ImportDoc, RowDoc } from '../../store/documents';

export type Cells = Partial<Record<ColumnKey, string>>;

/** What stands between the names of several client teams in one cell. */
const BETWEEN_TEAMS = '; ';

/** A person as the cells of a row would describe them. */
export function cellsOf(person: PersonValues, teamNames: ReadonlyMap<string, string>): Cells {
  const { kind, firstName, lastName, email, mobile, company, role, teamIds } = person;
  const teams = teamIds.map((id) => teamNames.get(id) ?? id).join(BETWEEN_TEAMS);
  const common = { firstName, lastName, email, mobile };
  return kind === 'staff'
    ? { ...common, role: role ?? '', teams }
    : { ...common, company: company ?? '', group: teams };
}

export const isTypedAnew = (cells: Cells, changes: Cells): boolean =>
  Object.entries(changes).some(([key, value]) => value !== (cells[key as ColumnKey] ?? ''));

/**
 * The row as a table, to be checked as a file is. `duplicateOf` is another line of the import to which its address belongs.
 */
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
 * What makes a row one that has slipped. Its cells stand under the wrong headers, so it is in order only when each of them
 * was typed anew.
 */
export function slipOf(
  kind: ImportKind,
  { problems, cells = {} }: Pick<RowDoc, 'problems' | 'cells'>,
  changes: Cells,
): Pick<TableRow, 'excess'> {
  const slip = problems.find(({ code }) => code === 'row.too-many-cells');
  if (!slip) return {};
  const isOpen = columnsOf(kind).some(
    ({ key, required }) => changes[key] === undefined && (required || (cells[key] ?? '').trim() !== ''),
  );
  return isOpen ? { excess: { letter: slip.letter ?? '', value: slip.value ?? '' } } : {};
}

import type { ColumnKey } from '../columns';
import { columnsOf } from '../columns';
import type { PersonValues } from '../person';
import type { CellProblem } from '../../contract/problem';
import { isError } from '../problems/problem-sentences';
import type { Table } from '../table';
import { checkRows } from './check-rows';
import type { CheckContext, CheckedRow } from './check-rows';

/** The line of a person in a file of one row below its header, as which a person by hand is imported. */
export const ONLY_LINE = 2;

/** Checks a person who is typed and in no file, by the rules for a row of the template with these cells. */
export function checkPerson(cells: Partial<Record<ColumnKey, string>>, context: CheckContext): CheckedRow {
  const columns = columnsOf(context.kind).map(({ key, header, letter }) => ({ key, header, letter }));
  const table: Table = {
    layout: { format: 'csv', encoding: 'utf8', byteOrderMark: false, delimiter: ',' },
    headers: columns.map(({ header }) => header),
    columns,
    rows: [{ line: ONLY_LINE, cells, raw: [] }],
    warnings: [],
  };
  return checkRows(table, context)[0]!;
}

/** The first staff member of a team that does not exist yet, or all that is wrong about them. */
export function checkFirstStaff(
  cells: Partial<Record<ColumnKey, string>>,
  context: Omit<CheckContext, 'kind' | 'teams' | 'onExisting'>,
): { person: PersonValues; problems: CellProblem[] } | { person: null; problems: CellProblem[] } {
  const { person, problems } = checkPerson(
    { ...cells, teams: '' },
    { ...context, kind: 'staff', teams: [], onExisting: 'error' },
  );
  return problems.some(isError) || !person ? { person: null, problems } : { person, problems };
}

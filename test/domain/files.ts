import type { CellProblem } from '../../contract/problem';
import { checkRows } from '../../domain/check-rows';
import type { CheckContext, CheckedRow } from '../../domain/check-rows';
import type { ColumnKey } from '../../domain/columns';
import { CLIENT_COLUMNS } from '../../domain/columns';
import { readTable } from '../../domain/read-table';
import type { ReadTable, Table } from '../../domain/read-table';

export const HEADER = CLIENT_COLUMNS.map(({ header }) => header);
export const HEADER_LINE = HEADER.join(',');
export const GOOD_CELLS: Record<ColumnKey, string> = {
  firstName: 'Ann',
  lastName: 'Lee',
  email: 'ann.lee@example.com',
  mobile: '+12025550123',
  role: 'Client',
  company: 'Lee & Co',
  group: 'Mayfair',
};
export const GOOD_LINE = Object.values(GOOD_CELLS).join(',');

export const bytesOf = (content: string | readonly number[]): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : Uint8Array.from(content);

export const read = (content: string | Uint8Array, maxRows = 500): ReadTable =>
  readTable(typeof content === 'string' ? bytesOf(content) : content, { maxRows });

/** The table of a file that must be readable. */
export function tableOf(content: string | Uint8Array): Table {
  const result = read(content);
  if (!result.ok) throw new Error(`The file was refused: ${JSON.stringify(result.problems)}`);
  return result.table;
}

/** The problems of a file that must be refused. */
export function problemsOf(content: string | Uint8Array, maxRows?: number): CellProblem[] {
  const result = read(content, maxRows);
  if (result.ok) throw new Error(`The file was read: ${result.table.rows.length} rows.`);
  return result.problems;
}

export function contextWith(changes: Partial<CheckContext> = {}): CheckContext {
  return {
    defaultCountry: null,
    teams: [
      { id: 'team-1', name: 'Mayfair', activeStaff: true },
      { id: 'team-2', name: 'Riverside', activeStaff: true },
      { id: 'team-3', name: 'Empty_Quarter', activeStaff: false },
    ],
    defaultTeamId: null,
    usedEmails: new Map(),
    staffEmails: new Set(),
    ...changes,
  };
}

/** A table in the order of the template; each row is the good row with some cells changed. */
export function tableWith(...changes: Partial<Record<ColumnKey, string>>[]): Table {
  return {
    columns: CLIENT_COLUMNS.map(({ key, header, letter }) => ({ key, header, letter })),
    rows: changes.map((cells, index) => ({ line: index + 2, cells: { ...GOOD_CELLS, ...cells } })),
  };
}

export function checkOne(cells: Partial<Record<ColumnKey, string>>, changes?: Partial<CheckContext>): CheckedRow {
  return checkRows(tableWith(cells), contextWith(changes))[0]!;
}

export const codesOf = (problems: readonly CellProblem[]): string[] => problems.map(({ code }) => code);

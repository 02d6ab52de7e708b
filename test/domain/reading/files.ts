import type { CellProblem } from '../../../contract/problem';
import { CLIENT_COLUMNS, STAFF_COLUMNS } from '../../../domain/columns';
import { readTable } from '../../../domain/reading/read-table';
import type { ReadOptions } from '../../../domain/reading/read-table';
import type { HeldTable, ReadTable, Table } from '../../../domain/table';

export const HEADER = CLIENT_COLUMNS.map(({ header }) => header);
export const HEADER_LINE = HEADER.join(',');
export const GOOD_CELLS = {
  firstName: 'Ann',
  lastName: 'Lee',
  email: 'ann.lee@example.com',
  mobile: '+12025550123',
  role: 'Client',
  company: 'Lee & Co',
  group: 'Mayfair',
};
export const GOOD_LINE = Object.values(GOOD_CELLS).join(',');
export const STAFF_HEADER_LINE = STAFF_COLUMNS.map(({ header }) => header).join(',');

export const bytesOf = (content: string | readonly number[]): Uint8Array =>
  typeof content === 'string' ? Buffer.from(content) : Uint8Array.from(content);

export type Content = string | Uint8Array;

export const read = (content: Content, options: Partial<ReadOptions> = {}): Promise<ReadTable> =>
  readTable(typeof content === 'string' ? bytesOf(content) : content, { kind: 'clients', maxRows: 500, ...options });

/** The table with its rows, however many they are. */
export const heldTable = (table: Table): HeldTable => ({ ...table, rows: [...table.rows] });

/** The table of a file that must be readable. */
export async function tableOf(content: Content, options?: Partial<ReadOptions>): Promise<HeldTable> {
  const result = await read(content, options);
  if (!result.ok) throw new Error(`The file was refused: ${JSON.stringify(result.problems)}`);
  return heldTable(result.table);
}

/** The problems of a file that must be refused. */
export async function problemsOf(content: Content, options?: Partial<ReadOptions>): Promise<CellProblem[]> {
  const result = await read(content, options);
  if (result.ok) throw new Error(`The file was read: ${result.table.rows.length} rows.`);
  return result.problems;
}

export const codesOf = (problems: readonly CellProblem[]): string[] => problems.map(({ code }) => code);

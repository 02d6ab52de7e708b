import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import { templateColumnsOf } from '../../../domain/columns';
import type { ColumnKey } from '../../../domain/columns';

export type Cells = Partial<Record<ColumnKey, string>>;

export const CLIENT_HEADER = ['First Name', 'Last Name', 'Email', 'Mobile', 'Role', 'Company', 'Group Identifier'];
export const STAFF_HEADER = ['First Name', 'Last Name', 'Email', 'Mobile', 'Role', 'Client Teams'];

/** The cells in the order of the clients template. */
export const clientLine = (cells: Cells): string[] => templateColumnsOf('clients').map(({ key }) => cells[key] ?? '');
export const staffLine = (cells: Cells): string[] => templateColumnsOf('staff').map(({ key }) => cells[key] ?? '');

export interface Dialect {
  delimiter?: string;
  lineBreak?: '\n' | '\r\n' | '\r';
  quoteAll?: boolean;
  /** Whether the last row ends in a line break too. */
  endsWithBreak?: boolean;
}

/** Records as text, quoted where they have to be. */
export function writeRecords(records: readonly (readonly string[])[], dialect: Dialect = {}): string {
  const { delimiter = ',', lineBreak = '\r\n', quoteAll = false, endsWithBreak = true } = dialect;
  const options = { delimiter, record_delimiter: lineBreak, quoted: quoteAll, quoted_match: /[\r\n]/ };
  return stringify(records as string[][], { ...options, eof: endsWithBreak });
}

/** A clients file: the template's header and these people below it. */
export const clientsText = (people: readonly Cells[], dialect?: Dialect): string =>
  writeRecords([CLIENT_HEADER, ...people.map(clientLine)], dialect);

export const staffText = (people: readonly Cells[], dialect?: Dialect): string =>
  writeRecords([STAFF_HEADER, ...people.map(staffLine)], dialect);

export const encode = (text: string, encoding: string, { mark = false } = {}): Uint8Array =>
  iconv.encode(text, encoding, { addBOM: mark });

/** Raw bytes written as a mixture of text and numbers. */
export const bytes = (...parts: readonly (string | number | Uint8Array)[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) =>
      typeof part === 'number' ? Buffer.of(part) : typeof part === 'string' ? Buffer.from(part) : part,
    ),
  );

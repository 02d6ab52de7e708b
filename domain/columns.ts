/** The columns of the clients template. The order of `CLIENT_COLUMNS` is theirs in the template, A to G. */
export type ColumnKey = 'firstName' | 'lastName' | 'email' | 'mobile' | 'role' | 'company' | 'group';

export interface ClientColumn {
  key: ColumnKey;
  header: string;
  letter: string;
  /** Whether a file without this column is refused. A cell of a column that is not required may also be blank. */
  required: boolean;
}

export const CLIENT_COLUMNS: readonly ClientColumn[] = [
  { key: 'firstName', header: 'First Name', letter: 'A', required: true },
  { key: 'lastName', header: 'Last Name', letter: 'B', required: true },
  { key: 'email', header: 'Email', letter: 'C', required: true },
  { key: 'mobile', header: 'Mobile', letter: 'D', required: true },
  { key: 'role', header: 'Role', letter: 'E', required: false },
  { key: 'company', header: 'Company', letter: 'F', required: false },
  { key: 'group', header: 'Group Identifier', letter: 'G', required: true },
];

/** Only the staff template has this column; by it the two are told apart. */
export const STAFF_ONLY_HEADER = 'Client Teams';

const keysByHeader = new Map(CLIENT_COLUMNS.map(({ key, header }) => [normaliseHeader(header), key]));

/** The column that a header means, however it is spaced, cased or punctuated. */
export function columnKeyOf(header: string): ColumnKey | undefined {
  return keysByHeader.get(normaliseHeader(header));
}

export function isStaffHeader(header: string): boolean {
  return normaliseHeader(header) === normaliseHeader(STAFF_ONLY_HEADER);
}

/** What a spreadsheet calls the column at an index from 0: A … Z, AA … */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetter(Math.floor(index / 26) - 1) + last;
}

function normaliseHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

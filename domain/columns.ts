import type { ImportKind } from '../contract/import';

/** The columns of both templates. */
export const COLUMN_KEYS = [
  ...(['firstName', 'lastName', 'email', 'mobile', 'role'] as const),
  ...(['company', 'group', 'teams', 'language'] as const),
] as const;
export type ColumnKey = (typeof COLUMN_KEYS)[number];

export interface TemplateColumn {
  key: ColumnKey;
  header: string;
  letter: string;
  /** Whether a file without this column is rejected. A cell of a column that is not required may also be blank. */
  required: boolean;
}

/** The columns of the clients template in their order there, A to G. */
export const CLIENT_COLUMNS: readonly TemplateColumn[] = [
  { key: 'firstName', header: 'First Name', letter: 'A', required: true },
  { key: 'lastName', header: 'Last Name', letter: 'B', required: true },
  { key: 'email', header: 'Email', letter: 'C', required: true },
  { key: 'mobile', header: 'Mobile', letter: 'D', required: true },
  { key: 'role', header: 'Role', letter: 'E', required: false },
  { key: 'company', header: 'Company', letter: 'F', required: false },
  // With a default client team of the organisation, a blank cell is allowed and so is a missing column.
  { key: 'group', header: 'Group Identifier', letter: 'G', required: true },
];

/** The columns of the staff template, A to F. */
export const STAFF_COLUMNS: readonly TemplateColumn[] = [
  { key: 'firstName', header: 'First Name', letter: 'A', required: true },
  { key: 'lastName', header: 'Last Name', letter: 'B', required: true },
  { key: 'email', header: 'Email', letter: 'C', required: true },
  { key: 'mobile', header: 'Mobile', letter: 'D', required: true },
  { key: 'role', header: 'Role', letter: 'E', required: true },
  { key: 'teams', header: 'Client Teams', letter: 'F', required: false },
];

/** The columns of the template of a kind. */
export const templateColumnsOf = (kind: ImportKind): readonly TemplateColumn[] =>
  kind === 'clients' ? CLIENT_COLUMNS : STAFF_COLUMNS;

/** A column that a file may have beside those of its template. */
const LANGUAGE_COLUMN: Omit<TemplateColumn, 'letter'> = { key: 'language', header: 'Language', required: false };
const COLUMNS: Readonly<Record<ImportKind, readonly TemplateColumn[]>> = {
  clients: [...CLIENT_COLUMNS, { ...LANGUAGE_COLUMN, letter: 'H' }],
  staff: [...STAFF_COLUMNS, { ...LANGUAGE_COLUMN, letter: 'G' }],
};

/** The columns that are read from a file of a kind. */
export const columnsOf = (kind: ImportKind): readonly TemplateColumn[] => COLUMNS[kind];

/** The index of a column by its letter; `undefined` for what is none. */
export function columnIndex(letter: string): number | undefined {
  if (!/^[A-Z]{1,3}$/i.test(letter)) return undefined;
  return [...letter.toUpperCase()].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1;
}

/** The spreadsheet's name of the column at an index from 0: A … Z, AA … */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnLetter(Math.floor(index / 26) - 1) + last;
}

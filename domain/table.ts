import type { CellProblem } from '../contract/problem';
import type { Question } from '../contract/question';
import type { ColumnKey } from './columns';
import type { List } from './long-list';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How a file is written, so that files given back of it are written alike. */
export interface Layout {
  format: 'csv' | 'xlsx';
  /** As iconv-lite names it: utf8, utf16le, utf16be, windows-1252 … A workbook counts as utf8. */
  encoding: string;
  byteOrderMark: boolean;
  delimiter: Delimiter;
}

export interface TableColumn {
  key: ColumnKey;
  /** As the file has it. */
  header: string;
  /** The letter of its place in the file. */
  letter: string;
}

/** A column of ours as a problem names it in the file; nothing where the file has no such column. */
export function placeOf(
  columns: readonly TableColumn[] | undefined,
  key: ColumnKey,
): { column: string | null; letter: string | null } {
  const column = columns?.find((candidate) => candidate.key === key);
  return { column: column?.header ?? null, letter: column?.letter ?? null };
}

export interface TableRow {
  /** The spreadsheet row; the header of a usual file is 1. */
  line: number;
  /** As written, for every known column of the table; '' where the row is shorter than the header. */
  cells: Partial<Record<ColumnKey, string>>;
  /**
   * All cells of the row in the order of the file, ignored columns included, the import_ columns of a file of failed rows
   * excluded. It can be shorter or longer than the header.
   */
  raw: readonly string[];
  /** A person who looks at the sheet does not see it. */
  isHidden?: true;
  /** The first cell with something in it beyond the last header: the row has slipped. */
  excess?: { letter: string; value: string };
  /** From the column `import_line` of a file of failed rows: the line of the import in which the row was rejected. */
  correctedLine?: number;
}

export interface Table {
  layout: Layout;
  /** The whole header as it is written, ignored columns included, the import_ columns of a file of failed rows excluded. */
  headers: readonly string[];
  /** The known columns, in the order of the file. */
  columns: TableColumn[];
  rows: List<TableRow>;
  /** Problems of the file that the admin should know of, though it can be read. */
  warnings: CellProblem[];
  /** What an administrator must choose before anything of the file is carried out. */
  questions?: Question[];
  /** The id of the import whose failed rows this file corrects, by its column `import_id`. */
  corrects?: string;
}

/** Few rows are an array. */
export interface HeldTable extends Table {
  rows: TableRow[];
}

/** A file that cannot be read yet asks: with the answers it may be readable, and without `questions` it is rejected. */
export type ReadTable =
  { ok: true; table: Table } | { ok: false; problems: CellProblem[]; questions?: Question[]; corrects?: string };

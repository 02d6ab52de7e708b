import type { CellProblem } from '../contract/problem';
import type { ColumnKey } from './columns';
import type { Delimiter } from './reading/csv/csv-records';

/** How a file is written, so that what is given back of it can be written alike. */
export interface Layout {
  format: 'csv' | 'xlsx';
  /** As iconv-lite names it: utf8, utf16le, utf16be, windows-1252 … A workbook counts as utf8. */
  encoding: string;
  byteOrderMark: boolean;
  delimiter: Delimiter;
}

export interface TableColumn {
  key: ColumnKey;
  /** As it reads in the file. */
  header: string;
  /** Of its place in the file. */
  letter: string;
}

export interface TableRow {
  /** The spreadsheet row; the header of a usual file is 1. */
  line: number;
  /** As written, for every known column of the table; '' where the row is shorter than the header. */
  cells: Partial<Record<ColumnKey, string>>;
  /**
   * All cells of the row in the order of the file, also of columns that are ignored, but not of those that we have put
   * into a file of failed rows. It can be shorter or longer than the header.
   */
  raw: readonly string[];
  /** The first cell with something in it beyond the last header: the row has slipped. */
  excess?: { letter: string; value: string };
  /** From the column `import_line` of a file of failed rows: the line of the import that the row was refused in. */
  correctedLine?: number;
}

export interface Table {
  layout: Layout;
  /** The whole first row as it is written, ignored columns included, but not those that we have added. */
  headers: readonly string[];
  /** The known columns, in the order of the file. */
  columns: TableColumn[];
  rows: TableRow[];
  /** What the admin should know of the file though it can be read. */
  warnings: CellProblem[];
  /** The id of the import whose failed rows this file corrects, as it says itself. */
  corrects?: string;
}

export type ReadTable = { ok: true; table: Table } | { ok: false; problems: CellProblem[] };

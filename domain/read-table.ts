import type { CellProblem } from '../contract/problem';
import { columnLetter } from './columns';
import type { ColumnKey } from './columns';
import { isBlank, readRecords } from './csv-records';
import { inspectBytes, withoutByteOrderMark } from './inspect-bytes';
import { countRows, withoutLeadingBlankLines, withoutTrailingBlankLines } from './physical-lines';
import { fileProblem, shorten } from './make-problem';
import { chooseDelimiter, readHeader } from './read-header';
import type { HeaderColumn } from './read-header';

/**
 * Blank rows among the clients that are still read over. A row of unusual length costs the parser a hundred times
 * a usual one, so an upload of nothing but odd rows must not be parsed to its end.
 */
const BLANK_ROWS_ALLOWED = 10_000;

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
  /** As written, for every column of the table; '' where the row is shorter than the header. */
  cells: Partial<Record<ColumnKey, string>>;
  /** The first cell with something in it beyond the last header: the row has slipped. */
  excess?: { letter: string; value: string };
}

export interface Table {
  columns: TableColumn[];
  rows: TableRow[];
}

export type ReadTable = { ok: true; table: Table } | { ok: false; problems: CellProblem[] };

/**
 * Reads a clients file. Never throws for what is in it: whatever cannot be a table of clients comes back as problems
 * of the file. Rows that hold nothing are left out and still count in the numbers of those below.
 */
export function readTable(bytes: Uint8Array, limits: { maxRows: number }): ReadTable {
  const content = withoutByteOrderMark(bytes);
  const unreadable = inspectBytes(content);
  if (unreadable) return refuse(unreadable);
  const text = withoutTrailingBlankLines(content);
  const delimiter = chooseDelimiter(withoutLeadingBlankLines(text));
  const maxRecords = limits.maxRows + BLANK_ROWS_ALLOWED;
  const read = readRecords(text, delimiter, maxRecords);
  if (!read.ok) return refuse(fileProblem('file.unclosed-quote', { line: read.unclosedQuoteRow }));

  const cutShort = read.records.length >= maxRecords;
  const headerIndex = read.records.findIndex((record) => !isBlank(record));
  const headerRecord = read.records[headerIndex];
  if (!headerRecord) return refuse(cutShort ? tooMany(countRows(text), limits.maxRows) : fileProblem('file.empty'));
  const header = readHeader(headerRecord);
  if (!header.ok) return header;
  if (cutShort) return refuse(tooMany(countRows(text) - headerIndex - 1, limits.maxRows));

  const rows: TableRow[] = [];
  for (let i = headerIndex + 1; i < read.records.length; i++) {
    const record = read.records[i]!;
    if (!isBlank(record)) rows.push(toRow(record, i + 1, header.columns, header.width));
  }
  if (rows.length > limits.maxRows) return refuse(tooMany(rows.length, limits.maxRows));
  if (rows.length === 0) return refuse(fileProblem('file.no-rows'));
  return { ok: true, table: { columns: header.columns.map(withoutIndex), rows } };
}

function toRow(record: readonly string[], line: number, columns: readonly HeaderColumn[], width: number): TableRow {
  const cells: TableRow['cells'] = {};
  for (const { key, index } of columns) cells[key] = record[index] ?? '';
  const excess = record.findIndex((cell, index) => index >= width && cell.trim() !== '');
  if (excess < 0) return { line, cells };
  return { line, cells, excess: { letter: columnLetter(excess), value: shorten(record[excess]!.trim()) } };
}

const withoutIndex = ({ key, header, letter }: HeaderColumn): TableColumn => ({ key, header, letter });

const refuse = (problem: CellProblem): ReadTable => ({ ok: false, problems: [problem] });

const tooMany = (rows: number, limit: number): CellProblem => fileProblem('file.too-many-rows', { rows, limit });

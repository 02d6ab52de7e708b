import type { CellProblem } from '../../contract/problem';
import type { RowStatus } from '../../contract/row';
import { isError, joinCodes, joinSentences, sentenceOf } from '../problems/problem-sentences';
import { setImmediate as turn } from 'node:timers/promises';
import { ListBuilder, mapList, pagesOf } from '../long-list';
import type { List } from '../long-list';
import { UTF_8 } from '../reading/encoding/encodings';
import type { Table } from '../table';
import { encodeText, isExpressible, SPREADSHEET_DIALECT, toCsvText } from './write-csv';
import type { Dialect } from './write-csv';

/** Added behind the columns of the original. The last one tells which import a corrected file corrects. */
export const FAILED_ROWS_COLUMNS = [
  'import_line',
  'import_status',
  'import_code',
  'import_message',
  'import_id',
] as const;

export const FAILED_STATUSES = ['rejected', 'cancelled'] as const satisfies readonly RowStatus[];

export interface FailedRow {
  /** The line in the original. */
  row: number;
  status: RowStatus;
  problems: readonly CellProblem[];
}

export interface WrittenFile {
  dialect: Dialect;
  /** Its bytes, some hundred rows at a time. */
  parts: Iterable<Uint8Array>;
}

/** A failed row with its cells as typed. */
interface Original {
  raw: readonly string[];
  failed: FailedRow;
}

const ROWS_A_PART = 500;

const CANCELLED =
  'The row was not applied: the import was cancelled, or its preview expired. ' +
  'Upload the row again if you still want it.';

/**
 * The failed rows of a file with their cells as typed and the reason, to be corrected and uploaded again. Table and failed rows are in
 * the order of their lines.
 */
export async function writeFailedRows(
  table: Pick<Table, 'layout' | 'headers' | 'rows'>,
  failed: AsyncIterable<FailedRow> | Iterable<FailedRow>,
  importId: string,
): Promise<WrittenFile> {
  const unchecked = table.layout.format === 'csv' ? withMark(table.layout) : SPREADSHEET_DIALECT;
  const originals = await originalsOf(table, failed);
  const width = Math.max(widthOf(table.headers), widest(mapList(originals, ({ raw }) => raw)));
  const linesOf = (page: readonly Original[], wording: Wording): string[][] =>
    page.map(({ raw, failed: row }) => [...padded(raw, width), ...reasonOf(row, importId).map(wording)]);
  const header = [...padded(table.headers, width), ...FAILED_ROWS_COLUMNS];
  const { dialect, wording } = await chooseDialect(unchecked, originals, header, linesOf);
  function* parts(): Generator<Uint8Array> {
    yield encodeText(toCsvText([header], dialect), dialect);
    const others = { ...dialect, byteOrderMark: false };
    for (const page of pagesOf(originals, ROWS_A_PART))
      yield encodeText(toCsvText(linesOf(page, wording), dialect), others);
  }
  return { dialect, parts: { [Symbol.iterator]: parts } };
}

type Wording = (cell: string) => string;
const AS_IT_IS: Wording = (cell) => cell;

/** The encoding has every character of the original, but not always those of our messages. */
async function chooseDialect(
  dialect: Dialect,
  originals: List<Original>,
  header: string[],
  linesOf: (page: readonly Original[], wording: Wording) => string[][],
): Promise<{ dialect: Dialect; wording: Wording }> {
  let wordings = [AS_IT_IS, withPlainPunctuation];
  const isFit = (lines: string[][]): boolean => isExpressible(toCsvText(lines, dialect), dialect.encoding);
  if (!isFit([header])) wordings = [];
  for (const page of pagesOf(originals, ROWS_A_PART)) {
    wordings = wordings.filter((wording) => isFit(linesOf(page, wording)));
    if (wordings.length === 0) break;
    await turn();
  }
  const [wording] = wordings;
  if (wording) return { dialect, wording };
  return { dialect: { ...SPREADSHEET_DIALECT, delimiter: dialect.delimiter }, wording: AS_IT_IS };
}

/** Without the byte order mark, spreadsheet programs read UTF-8 as windows-1252 and save garbled names. */
const withMark = (dialect: Dialect): Dialect =>
  dialect.encoding === UTF_8 ? { ...dialect, byteOrderMark: true } : dialect;

/** The failed rows with their cells. A table excludes the columns we added before. */
async function originalsOf(
  { rows }: Pick<Table, 'rows'>,
  failed: AsyncIterable<FailedRow> | Iterable<FailedRow>,
): Promise<List<Original>> {
  const originals = new ListBuilder<Original>();
  const lines = rows[Symbol.iterator]();
  for await (const row of failed) {
    let next = lines.next();
    while (!next.done && next.value.line < row.row) next = lines.next();
    if (next.done || next.value.line !== row.row) throw new Error(`Row ${row.row} does not exist in the file`);
    originals.push({ raw: next.value.raw, failed: row });
  }
  return originals.list();
}

function widest(records: Iterable<readonly string[]>): number {
  let width = 0;
  for (const record of records) width = Math.max(width, widthOf(record));
  return width;
}

const padded = (record: readonly string[], width: number): string[] =>
  Array.from({ length: width }, (_, i) => record[i] ?? '');

const widthOf = (record: readonly string[]): number => record.findLastIndex((cell) => cell !== '') + 1;

function reasonOf({ row, status, problems }: FailedRow, importId: string): string[] {
  const errors = problems.filter(isError);
  const sentences = errors.map((problem) => sentenceOf(problem, row, { withSuggestion: true }));
  const message = joinSentences(status === 'cancelled' ? [...sentences, CANCELLED] : sentences);
  return [`${row}`, status, joinCodes(errors), message, importId];
}

/** Typographic punctuation replaced by ASCII. */
const withPlainPunctuation = (text: string): string =>
  text.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/[–—]/g, '-').replaceAll('…', '...').replaceAll('→', '->');

import type { CellProblem } from '../../contract/problem';
import type { RowStatus } from '../../contract/row';
import { isError, joinCodes, joinSentences, sentenceOf } from '../problems/problem-sentences';
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
  bytes: Uint8Array;
  dialect: Dialect;
}

const CANCELLED =
  'The row was not applied: the import was cancelled, or its preview expired. ' +
  'Upload the row again if you still want it.';

/** The failed rows of a file with their cells as typed and the reason, to be corrected and uploaded again. */
export function writeFailedRows(table: Table, failed: readonly FailedRow[], importId: string): WrittenFile {
  const dialect = table.layout.format === 'csv' ? withMark(table.layout) : SPREADSHEET_DIALECT;
  const originals = originalsOf(table, failed);
  const reasons = failed.map((row) => reasonOf(row, importId));
  const write = (reasonCells: readonly string[][]): string => {
    const added = [FAILED_ROWS_COLUMNS, ...reasonCells];
    return toCsvText(
      originals.map((cells, i) => [...cells, ...added[i]!]),
      dialect,
    );
  };

  // The encoding has every character of the original, but not always those of our messages.
  const expressible = [reasons, reasons.map((cells) => cells.map(withPlainPunctuation))]
    .map(write)
    .find((text) => isExpressible(text, dialect.encoding));
  if (expressible !== undefined) return { bytes: encodeText(expressible, dialect), dialect };
  const unicode = { ...SPREADSHEET_DIALECT, delimiter: dialect.delimiter };
  return { bytes: encodeText(write(reasons), unicode), dialect: unicode };
}

/** Without the byte order mark, spreadsheet programs read UTF-8 as windows-1252 and save garbled names. */
const withMark = (dialect: Dialect): Dialect =>
  dialect.encoding === UTF_8 ? { ...dialect, byteOrderMark: true } : dialect;

/** The header and the cells of the failed rows, padded to one width. A table excludes the columns we added before. */
function originalsOf(table: Table, failed: readonly FailedRow[]): string[][] {
  const rows = new Map(table.rows.map(({ line, raw }) => [line, raw]));
  const records = [
    table.headers,
    ...failed.map(({ row }) => {
      const raw = rows.get(row);
      if (!raw) throw new Error(`Row ${row} does not exist in the file`);
      return raw;
    }),
  ];
  const width = Math.max(...records.map(widthOf));
  return records.map((record) => Array.from({ length: width }, (_, i) => record[i] ?? ''));
}

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

import type { CellProblem } from '../../contract/problem';
import type { RowStatus } from '../../contract/row';
import { isError, joinCodes, joinSentences, sentenceOf } from '../problems/problem-sentences';
import { UTF_8 } from '../reading/encoding/encodings';
import type { Table } from '../table';
import { encodeText, isExpressible, SPREADSHEET_DIALECT, toCsvText } from './write-csv';
import type { Dialect } from './write-csv';

/** Behind the columns of the original. By the last one a corrected file says which import it corrects. */
export const FAILED_ROWS_COLUMNS = [
  'import_line',
  'import_status',
  'import_code',
  'import_message',
  'import_id',
] as const;

export const FAILED_STATUSES = ['rejected', 'cancelled'] as const satisfies readonly RowStatus[];

export interface FailedRow {
  /** The line of the original. */
  row: number;
  status: RowStatus;
  problems: readonly CellProblem[];
}

export interface WrittenFile {
  bytes: Uint8Array;
  dialect: Dialect;
}

const CANCELLED =
  'Nothing was done with this row: the import was cancelled, or its preview was not applied in time. ' +
  'Upload the row again if it is still wanted.';

/**
 * The rows of a file that came to nothing, as the file had them, each with the reason: to be corrected where it is wrong
 * and uploaded again as it is.
 */
export function writeFailedRows(table: Table, failed: readonly FailedRow[], importId: string): WrittenFile {
  const dialect = table.layout.format === 'csv' ? withMark(table.layout) : SPREADSHEET_DIALECT;
  const originals = originalsOf(table, failed);
  const reasons = failed.map((row) => reasonOf(row, importId));
  const write = (ours: readonly string[][]): string => {
    const added = [FAILED_ROWS_COLUMNS, ...ours];
    return toCsvText(
      originals.map((cells, i) => [...cells, ...added[i]!]),
      dialect,
    );
  };

  // The encoding has room for what came out of it, but not always for what is said about it.
  const fitting = [reasons, reasons.map((cells) => cells.map(inPlainSigns))]
    .map(write)
    .find((text) => isExpressible(text, dialect.encoding));
  if (fitting !== undefined) return { bytes: encodeText(fitting, dialect), dialect };
  const unicode = { ...SPREADSHEET_DIALECT, delimiter: dialect.delimiter };
  return { bytes: encodeText(write(reasons), unicode), dialect: unicode };
}

/** Without the mark, a spreadsheet program takes UTF-8 for windows-1252, and saves the names garbled. */
const withMark = (dialect: Dialect): Dialect =>
  dialect.encoding === UTF_8 ? { ...dialect, byteOrderMark: true } : dialect;

/**
 * The header and the cells of the failed rows, all of one width. What an earlier round has put behind them is not among
 * them: it is no part of a table.
 */
function originalsOf(table: Table, failed: readonly FailedRow[]): string[][] {
  const rows = new Map(table.rows.map(({ line, raw }) => [line, raw]));
  const records = [
    table.headers,
    ...failed.map(({ row }) => {
      const raw = rows.get(row);
      if (!raw) throw new Error(`Row ${row} is not in the file that it came from`);
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

/** Typographic signs by what a typewriter has instead of them. */
const inPlainSigns = (text: string): string =>
  text.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/[–—]/g, '-').replaceAll('…', '...').replaceAll('→', '->');

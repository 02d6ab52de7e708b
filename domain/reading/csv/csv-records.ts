import { parse as createParser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { Options } from 'csv-parse/sync';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { ListBuilder } from '../../long-list';
import type { List } from '../../long-list';
import type { Delimiter } from '../../table';
import { withBlanksInside } from './blanks-around-quotes';

/** More than the cells of a row can reasonably hold; Excel allows 32,767 in one. */
export const MAX_RECORD_BYTES = 100_000;

/** Records in file order, blank ones included, so that index + 1 is the spreadsheet row. */
export type CsvRecords<R = string[][]> = { ok: true; records: R } | { ok: false; unclosedQuoteRow: number };

const OPTIONS: Options = {
  // Named one by one: discovery would take the first line's break for the whole file, and files get glued together.
  record_delimiter: ['\r\n', '\n', '\r'],
  // A row that is too short or too long is a problem of that row, not of the file.
  relax_column_count: true,
  // Else an unclosed quotation mark swallows the rest of the file into one cell.
  max_record_size: MAX_RECORD_BYTES,
};

/** Reads at most `maxRecords` records of a text in UTF-8, all at once. */
export function readRecords(bytes: Uint8Array, delimiter: Delimiter, maxRecords: number): CsvRecords {
  const options = { ...OPTIONS, delimiter, to: maxRecords };
  const strict = tryParse(bytes, options);
  if (strict.ok) return strict;
  const moved = withBlanksInside(bytes, delimiter);
  const spaced = moved === bytes ? strict : tryParse(moved, options);
  if (spaced.ok) return spaced;
  // Old systems write a lone inch mark (5" pipe) as it is. Only then may a quotation mark stand inside a cell.
  const relaxed = tryParse(moved, { ...options, relax_quotes: true });
  if (!relaxed.ok) return relaxed;
  const swallowing = relaxed.records.findIndex((record) => record.some(hasSwallowedRows));
  return swallowing < 0 ? relaxed : { ok: false, unclosedQuoteRow: swallowing + 1 };
}

/** Reads as `readRecords` does, piece by piece, for texts of so many records that others must get their turn meanwhile. */
export async function readManyRecords(
  bytes: Uint8Array,
  delimiter: Delimiter,
  maxRecords: number,
  mostHeld?: number,
): Promise<CsvRecords<List<string[]>>> {
  const options = { ...OPTIONS, delimiter, to: maxRecords };
  const strict = await tryInPieces(bytes, options, mostHeld);
  if (strict.ok) return strict;
  const moved = withBlanksInside(bytes, delimiter);
  const spaced = moved === bytes ? strict : await tryInPieces(moved, options, mostHeld);
  return spaced.ok ? spaced : tryInPieces(moved, { ...options, relax_quotes: true }, mostHeld);
}

/**
 * The parser makes an error for each row of another width, and throws it away. Its stack trace is what such a row costs: a
 * file of blank rows takes a third of the time without.
 */
function withoutStackTraces<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function tryParse(bytes: Uint8Array, options: Options): CsvRecords {
  try {
    return { ok: true, records: withoutStackTraces(() => parse(bytes, options)) };
  } catch (error) {
    return { ok: false, unclosedQuoteRow: rowOfFailure(error) };
  }
}

const PIECE_BYTES = 64 * 1024;

async function tryInPieces(
  bytes: Uint8Array,
  options: Options & { to: number },
  mostHeld: number | undefined,
): Promise<CsvRecords<List<string[]>>> {
  const records = new ListBuilder<string[]>(mostHeld);
  let swallowing = -1;
  let failure: unknown;
  const parser = createParser({
    ...options,
    on_record: (record: string[]) => {
      if (options.relax_quotes && swallowing < 0 && record.some(hasSwallowedRows)) swallowing = records.length;
      records.push(record);
      return undefined;
    },
  });
  parser.on('error', (error) => {
    failure = error;
  });
  parser.resume();
  const isAtEnd = (): boolean => failure !== undefined || records.length >= options.to;
  for (let at = 0; at < bytes.length && !isAtEnd(); at += PIECE_BYTES) {
    withoutStackTraces(() => parser.write(bytes.subarray(at, at + PIECE_BYTES)));
    await turn();
  }
  if (!isAtEnd()) {
    parser.end();
    await once(parser, 'end').catch((error: unknown) => {
      failure = error;
    });
  }
  if (failure !== undefined) return { ok: false, unclosedQuoteRow: rowOfFailure(failure) };
  return swallowing < 0 ? { ok: true, records: records.list() } : { ok: false, unclosedQuoteRow: swallowing + 1 };
}

/** In bytes that were inspected before, only a quotation mark in the record after these can be wrong. */
function rowOfFailure(error: unknown): number {
  // Each build of the library has a class of its own.
  if (!(error instanceof Error) || !('records' in error) || typeof error.records !== 'number') throw error;
  return error.records + 1;
}

/**
 * The first records that are not blank, as far as they can be read.
 * The caller sees to it that no line is longer than a record may be.
 */
export function readFirstRecords(bytes: Uint8Array, delimiter: Delimiter, count: number): string[][] {
  return withoutStackTraces(() =>
    parse(withBlanksInside(bytes, delimiter), {
      ...OPTIONS,
      relax_quotes: true,
      delimiter,
      to: count,
      skip_records_with_empty_values: true,
      skip_records_with_error: true,
    }),
  );
}

/**
 * When relaxed, the parser keeps the opening quotation mark of a cell whose closing one is followed by more text. With
 * a line break inside, that cell began in one row and met the first quotation mark of a later one: what is between
 * would be lost.
 */
const hasSwallowedRows = (cell: string): boolean => cell.startsWith('"') && /[\r\n]/.test(cell);

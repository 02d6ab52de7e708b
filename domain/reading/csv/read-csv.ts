import { setImmediate as turn } from 'node:timers/promises';
import { chooseDialect } from './choose-dialect';
import { readRecords } from './csv-records';
import { decodeText } from '../encoding/decode-text';
import { guessedEncoding } from '../encoding/encoding-sample';
import { recogniseForeignFile } from '../file-kind';
import { refuseGrid } from '../grid';
import type { ReadGrid } from '../grid';
import { inspectText } from './inspect-text';
import { fileProblem } from '../../problems/make-problem';
import { countFilledRows, withoutTrailingBlankLines } from '../physical-lines';

export interface CsvOptions {
  /** As the upload names it; `null` to find out. */
  encoding: string | null;
  maxRecords: number;
  isKnownHeader: (header: string) => boolean;
}

/**
 * Reads the cells of a file that is no workbook, or finds out what else it is. Between its passes others have their turn:
 * over megabytes of nothing but line breaks each takes a while.
 */
export async function readCsv(
  bytes: Uint8Array,
  { encoding: asked, maxRecords, isKnownHeader }: CsvOptions,
): Promise<ReadGrid> {
  const what = recogniseForeignFile(bytes);
  if (what !== undefined) return refuseGrid(fileProblem('file.not-a-csv', { what }));
  const decoded = decodeText(bytes, asked);
  if (!decoded.ok) return refuseGrid(decoded.problem);
  await turn();
  const unreadable = inspectText(decoded.text);
  if (unreadable) return refuseGrid(unreadable);

  const { delimiter, text } = chooseDialect(withoutTrailingBlankLines(decoded.text), isKnownHeader);
  await turn();
  const read = readRecords(text, delimiter, maxRecords);
  await turn();
  if (!read.ok) return refuseGrid(fileProblem('file.unclosed-quote', { line: read.unclosedQuoteRow }));
  const { encoding, byteOrderMark, isGuess } = decoded;
  return {
    ok: true,
    grid: {
      layout: { format: 'csv', encoding, byteOrderMark, delimiter },
      records: read.records,
      ...(read.records.length >= maxRecords && { filledRows: countFilledRows(text) }),
      warnings: isGuess ? [guessedEncoding(decoded.text, encoding)] : [],
    },
  };
}

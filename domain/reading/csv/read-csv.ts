import type { CellProblem } from '../../../contract/problem';
import { setImmediate as turn } from 'node:timers/promises';
import { chooseDialect } from './choose-dialect';
import { MOST_HELD } from '../../long-list';
import { MAX_RECORD_BYTES, readManyRecords, readRecords } from './csv-records';
import { decodeText } from '../encoding/decode-text';
import { guessedEncoding } from '../encoding/guess-encoding';
import { recogniseForeignFile, recogniseForeignText } from '../file-kind';
import { rejectGrid } from '../grid';
import type { ReadGrid } from '../grid';
import { fileProblem } from '../../problems/make-problem';
import { countFilledRows, findLine, hasMoreLines, withoutTrailingBlankLines } from '../physical-lines';

export interface CsvOptions {
  /** The name that the upload gave; `null` to detect it. */
  encoding: string | null;
  /** The default country of the organisation, if it has one. */
  country: string | null;
  maxRecords: number;
  mostHeld?: number;
  isKnownHeader: (header: string) => boolean;
}

/**
 * Reads the cells of a text file, or names its kind. Other work gets its turn between the passes: each takes a while over
 * megabytes of line breaks.
 */
export async function readCsv(
  bytes: Uint8Array,
  { encoding: asked, country, maxRecords, isKnownHeader, mostHeld = MOST_HELD }: CsvOptions,
): Promise<ReadGrid> {
  const what = recogniseForeignFile(bytes);
  if (what !== undefined) return rejectGrid(fileProblem('file.not-a-csv', { what }));
  const decoded = decodeText(bytes, { asked, country });
  if (!decoded.ok) return rejectGrid(decoded.problem);
  await turn();
  const unreadable = inspectText(decoded.text);
  if (unreadable) return rejectGrid(unreadable);

  const { delimiter, text } = chooseDialect(withoutTrailingBlankLines(decoded.text), isKnownHeader);
  await turn();
  const read = hasMoreLines(text, mostHeld)
    ? await readManyRecords(text, delimiter, maxRecords, mostHeld)
    : readRecords(text, delimiter, maxRecords);
  await turn();
  if (!read.ok) return rejectGrid(fileProblem('file.unclosed-quote', { line: read.unclosedQuoteRow }));
  const { encoding, byteOrderMark, isGuess, question } = decoded;
  const guess = isGuess ? [guessedEncoding(decoded.text, encoding)] : [];
  return {
    ok: true,
    grid: {
      layout: { format: 'csv', encoding, byteOrderMark, delimiter },
      records: read.records,
      ...(read.records.length >= maxRecords && { filledRows: countFilledRows(text) }),
      warnings: question ? [question.problem] : guess,
      ...(question && { questions: [question] }),
    },
  };
}

/** Finds the reason why a text cannot be a CSV file; `undefined` if it may be one. */
function inspectText(text: Uint8Array): CellProblem | undefined {
  const what = recogniseForeignText(text);
  if (what !== undefined) return fileProblem('file.not-a-csv', { what });
  const endless = findLine(text, ({ start, end }) => end - start > MAX_RECORD_BYTES);
  return endless && fileProblem('file.not-a-csv', { what: endlessText(endless.row), line: endless.row });
}

const endlessText = (row: number): string =>
  `text in which row ${row} alone has more than ${MAX_RECORD_BYTES.toLocaleString('en')} characters`;

import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { CellProblem } from '../../../contract/problem';
import { WINDOWS_1252 } from './encodings';
import { fileProblem, shorten } from '../../problems/make-problem';
import type { TableColumn, TableRow } from '../../table';

/** iconv-lite takes it for a byte that windows-1252 does not use. */
const REPLACEMENT = '\ufffd';
const HIGH = '\\u00a0-\\u00bf\\u0152-\\u0192\\u02c6\\u02dc\\u2013-\\u203a\\u20ac\\u2122';
/** The same without quotation marks, dashes and dots, which may well follow a letter. */
const HIGH_IN_WORD = '\\u00a1-\\u00bf\\u0152-\\u0192\\u02c6\\u02dc\\u2020-\\u2022\\u2030\\u20ac';
/** The bytes of a letter in UTF-8, as they look in windows-1252. */
const LOOKS_GARBLED = new RegExp(`[ÂÃ][${HIGH}]|[ÄÅÐÑ][${HIGH_IN_WORD}]|[âãäåæçèé][${HIGH}]{2}`);

/**
 * The warning about letters that were lost before the upload: a list in UTF-8 that some program read as windows-1252 has
 * JosÃ© for José. The bytes tell the original, but only its owner can correct the list.
 */
export function findGarbledText(columns: readonly TableColumn[], { line, cells }: TableRow): CellProblem[] {
  for (const { key, header, letter } of columns) {
    const cell = cells[key]!;
    const original = ungarbled(cell);
    if (original === undefined) continue;
    const problem = fileProblem('file.garbled-text', { line });
    return [{ ...problem, column: header, letter, value: shorten(cell), suggestion: shorten(original) }];
  }
  return [];
}

/** The text of which the bytes in UTF-8 look like this in windows-1252, if there is one. */
export function ungarbled(text: string): string | undefined {
  if (!LOOKS_GARBLED.test(text)) return undefined;
  const bytes = iconv.encode(text, WINDOWS_1252);
  const isWhole = !text.includes(REPLACEMENT) && iconv.decode(bytes, WINDOWS_1252) === text;
  return isWhole && isUtf8(bytes) ? bytes.toString() : undefined;
}

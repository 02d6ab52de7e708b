import { DELIMITERS } from '../../table';
import type { Delimiter } from '../../table';
import { LEADING_ROWS, SURELY_A_HEADER } from '../grid';
import { readFirstRecords } from './csv-records';
import { firstRows, withoutLeadingBlankLines } from '../physical-lines';

/** Excel's own way to name the delimiter, in the first line; a program that saved the file again may have quoted it. */
const SEPARATOR_LINE = /^"?sep=([,;\t|])"?[,;\t|]*(?:\r\n|\n|\r|$)/i;
const LONGEST_SEPARATOR_LINE = 200;

export interface Dialect {
  delimiter: Delimiter;
  /** The text whose first line is row 1 of the spreadsheet. */
  text: Uint8Array;
}

/**
 * Finds out how the cells of a text are divided. A first line `sep=;` is obeyed and taken away: Excel, which is alone in
 * writing it, does not show it as a row, so it does not count. (LibreOffice opens the file with the line as row 1.)
 */
export function chooseDialect(text: Uint8Array, isKnownHeader: (header: string) => boolean): Dialect {
  const start = Buffer.from(text.subarray(0, LONGEST_SEPARATOR_LINE)).toString('latin1');
  const separator = SEPARATOR_LINE.exec(start);
  if (!separator) return { delimiter: chooseDelimiter(withoutLeadingBlankLines(text), isKnownHeader), text };
  return { delimiter: separator[1] as Delimiter, text: text.subarray(separator[0].length) };
}

/** The header is among these, blank ones counted. */
const ROWS_LOOKED_AT = 200;

/** The delimiter that gives most headers we know: guessing by frequency fails on files of one column or few rows. */
function chooseDelimiter(text: Uint8Array, isKnownHeader: (header: string) => boolean): Delimiter {
  // Blank rows are dear to the parser, and it would go over all of them, once for each delimiter.
  const beginning = firstRows(text, ROWS_LOOKED_AT);
  const inFirstRow = mostKnown(beginning, 1, isKnownHeader);
  if (inFirstRow.known > 0) return inFirstRow.delimiter;
  // The first row may be a title.
  const below = mostKnown(beginning, LEADING_ROWS, isKnownHeader);
  return below.known >= SURELY_A_HEADER ? below.delimiter : mostRegular(beginning);
}

/**
 * Where no heading is known: the delimiter that gives most columns, the same number in nearly all of the first rows. A comma or a
 * semicolon within prose divides each line otherwise.
 */
function mostRegular(text: Uint8Array): Delimiter {
  let best: { delimiter: Delimiter; columns: number } = { delimiter: DELIMITERS[0], columns: SURELY_A_HEADER - 1 };
  for (const delimiter of DELIMITERS) {
    const widths = readFirstRecords(text, delimiter, LEADING_ROWS).map(({ length }) => length);
    const columns = widths.at(-1) ?? 0;
    const others = widths.filter((width) => width !== columns).length;
    if (widths.length > 1 && others <= TITLES && columns > best.columns) best = { delimiter, columns };
  }
  return best.delimiter;
}

/** Rows above the table, of another width. */
const TITLES = 2;

function mostKnown(text: Uint8Array, rows: number, isKnownHeader: (header: string) => boolean) {
  let best: { delimiter: Delimiter; known: number } = { delimiter: DELIMITERS[0], known: 0 };
  for (const delimiter of DELIMITERS) {
    for (const record of readFirstRecords(text, delimiter, rows)) {
      const known = record.filter(isKnownHeader).length;
      if (known > best.known) best = { delimiter, known };
    }
  }
  return best;
}

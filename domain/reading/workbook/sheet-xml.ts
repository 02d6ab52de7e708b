import { columnLetter } from '../../columns';
import { markUnsolvedFormulas } from './unsolved-formulas';

/** As many rows and columns as a sheet of Excel has. */
const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;

const CELL_OR_ROW = /<((?:[\w.-]*:)?)(c|row)(?=[\s/>])([^>]*?)(\/?)>/g;
const EMPTY_ROW = /<(?:[\w.-]*:)?row\s[^<>]*?\br\s*=[^<>]*>\s*<\/(?:[\w.-]*:)?row\s*>/g;
/** Attributes as every spreadsheet program writes them: the place, then what else belongs to a cell. */
const USUAL_CELL = /^ r="([A-Z]{1,3}[1-9]\d{0,6})"(?: (?:s|t|cm|vm|ph)="\w*")*$/;
const ATTRIBUTES = /^(?:\s+[\w.:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*\s*$/;
const REFERENCE = /\s(?:[\w.-]*:)?r\s*=\s*["']([^"']*)["']/g;
const CELL_REFERENCE = /^([A-Z]{1,3})([1-9]\d{0,6})$/;
const ROW_REFERENCE = /^[1-9]\d{0,6}$/;
/** A formula that failed. The parser would show it as an empty cell, the spreadsheet shows #N/A. */
const ERROR_TYPE = /\st\s*=\s*["']e["']/;
const TEXT_TYPE = ' t="str"';

/** The XML of a sheet as it may be given to the parser, and how large a table comes out of it. */
export interface PreparedSheet {
  xml: string;
  cells: number;
  filledRows: number;
  /** The last row and column that have a cell. */
  lastRow: number;
  lastColumn: number;
}

/**
 * Makes the XML of a sheet safe and complete. The parser builds every row and column up to the one that a cell names, so
 * what they name must be possible; it wants each cell to name its place, which the format leaves free; and cells that
 * are only coloured, of which there can be a million, tell it nothing. `undefined` where something in it is no sheet.
 * Whatever the parser could take for a row or a cell is looked at, wherever it stands.
 */
export function prepareSheet(source: string): PreparedSheet | undefined {
  const size = { cells: 0, filledRows: 0, lastRow: 0, lastColumn: 0 };
  const place = { row: 0, column: 0, rowIsNamed: false };
  let isSound = true;

  const toRow = (reference: string | undefined): void => {
    if (reference !== undefined && !ROW_REFERENCE.test(reference)) isSound = false;
    place.row = reference === undefined ? place.row + 1 : Number(reference);
    place.column = 0;
    place.rowIsNamed = reference !== undefined;
  };
  const toCell = (reference: string | undefined): void => {
    place.column++;
    if (reference === undefined) return;
    const [, letters, number] = CELL_REFERENCE.exec(reference) ?? [];
    if (letters === undefined || (place.rowIsNamed && Number(number) !== place.row)) {
      isSound = false;
      return;
    }
    place.row = Number(number);
    place.column = columnNumber(letters);
    place.rowIsNamed = true;
  };
  const referenceIn = (attributes: string): string | undefined => {
    const usual = USUAL_CELL.exec(attributes);
    if (usual) return usual[1];
    const [reference, ...others] = [...attributes.matchAll(REFERENCE)].map((match) => match[1]);
    if (others.length > 0 || !ATTRIBUTES.test(attributes)) isSound = false;
    return reference;
  };
  /** The tag as the parser may have it; nothing for a row or cell that holds nothing. */
  const rewrite = ([tag, prefix = '', name, attributes = '', end]: RegExpExecArray): string => {
    const reference = referenceIn(attributes);
    if (name === 'row') toRow(reference);
    else toCell(reference);
    if (place.row > MAX_ROW || place.column > MAX_COLUMN) isSound = false;
    if (name === 'row') return end && reference !== undefined ? '' : tag;
    if (end) return '';
    size.cells++;
    if (size.lastRow !== place.row) size.filledRows++;
    size.lastRow = place.row;
    size.lastColumn = Math.max(size.lastColumn, place.column);
    if (reference !== undefined && !ERROR_TYPE.test(attributes)) return tag;
    const own = reference === undefined ? ` r="${columnLetter(place.column - 1)}${place.row}"` : '';
    return `<${prefix}c${own}${attributes.replace(ERROR_TYPE, TEXT_TYPE)}>`;
  };

  const xml = markUnsolvedFormulas(replaceTags(source, rewrite).replace(EMPTY_ROW, ''));
  return isSound ? { xml, ...size } : undefined;
}

/** As `replace` does it, but most tags stay as they are, and a sheet has a hundred thousand. */
function replaceTags(source: string, rewrite: (match: RegExpExecArray) => string): string {
  let result = '';
  let copied = 0;
  for (const match of source.matchAll(CELL_OR_ROW)) {
    const replacement = rewrite(match);
    if (replacement === match[0]) continue;
    result += source.slice(copied, match.index) + replacement;
    copied = match.index + match[0].length;
  }
  return result + source.slice(copied);
}

function columnNumber(letters: string): number {
  let number = 0;
  for (let i = 0; i < letters.length; i++) number = number * 26 + letters.charCodeAt(i) - 64;
  return number;
}

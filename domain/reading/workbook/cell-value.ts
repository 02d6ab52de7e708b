import { unescapeText } from './read-xml';
import type { WorkbookContents } from './workbook-parts';

const NUMBER = /^(-?)(\d*)(?:\.(\d*))?(?:E([+-]?\d{1,3}))?$/i;
/** Numbers with more places than this stay as they are written; phone numbers have fewer. */
const MAX_PLACES = 40;
/** The spreadsheet shows it for a number that is formatted as a date and cannot be one. */
const NO_DATE = '########';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Days from the beginning of Excel's count to that of Unix, with the 29 February 1900 that Excel has and the calendar has not. */
const DAYS_BEFORE_1970 = 25_569;
const DAYS_BEFORE_1904 = 1462;

/** A cell of a sheet as its XML has it. */
export interface StoredCell {
  /** `n` where it is absent. */
  type: string;
  style: string | undefined;
  hasFormula: boolean;
  /** The text of `v`, raw. */
  value: string | undefined;
  /** The text of `is`, raw. */
  inline: string | undefined;
}

/** No program has calculated the formula yet, as in a workbook that was only written and never opened. */
export const UNSOLVED = Symbol('unsolved');

/** The cell as the text that a CSV file would have for it. Throws where the cell contradicts the format. */
export function cellValue(cell: StoredCell, contents: WorkbookContents): string | typeof UNSOLVED {
  const { type, value = '', inline } = cell;
  const isText = type === 'str' || type === 'e';
  // A formula can also result in no text at all: its value is then there, is of the type of a text, and holds nothing.
  const isEmptyResult = isText && cell.value !== undefined;
  if (cell.hasFormula && value.trim() === '' && inline === undefined && !isEmptyResult) return UNSOLVED;
  if (type === 'inlineStr') return unescapeText(inline ?? '');
  if (value === '') return '';
  // The spreadsheet shows the error of a formula, such as #N/A.
  if (isText) return unescapeText(value);
  if (type === 'b' && (value === '0' || value === '1')) return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return checkedDateText(Date.parse(value));
  if (type === 's') return contents.strings.texts[Number(value)] ?? invalid(`shared text ${value}`);
  if (type !== 'n') return invalid(`type ${type}`);
  const isDate = cell.style ? (contents.dateStyles[Number(cell.style)] ?? invalid(`style ${cell.style}`)) : false;
  return isDate ? serialDateText(Number(value), contents.isEpoch1904) : numberText(value);
}

function invalid(what: string): never {
  throw new Error(`A cell has an invalid ${what}`);
}

const checkedDateText = (time: number): string => (Number.isNaN(time) ? invalid('date') : dateText(time));

function serialDateText(serial: number, isEpoch1904: boolean): string {
  if (Number.isNaN(serial)) return invalid('date');
  return dateText(Math.floor((serial + (isEpoch1904 ? DAYS_BEFORE_1904 : 0) - DAYS_BEFORE_1970) * DAY_MS));
}

function dateText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? NO_DATE : date.toISOString().slice(0, 10);
}

/**
 * A number as it is stored in a workbook, in digits: 4.47911123456E+11 is 447911123456. Its point is moved in the text,
 * since arithmetic would lose digits.
 */
export function numberText(stored: string): string {
  const text = stored.trim();
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const places = Number(exponent);
  if (whole + fraction === '' || Math.abs(places) > MAX_PLACES) return text;
  const digits = whole + fraction + '0'.repeat(Math.max(0, places - fraction.length));
  const point = whole.length + places;
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits;
  const before = padded.slice(0, Math.max(0, point)).replace(/^0+(?=\d)/, '');
  const after = padded.slice(Math.max(0, point)).replace(/0+$/, '');
  return `${sign}${before || '0'}${after && `.${after}`}`;
}

import type { Calculation } from './calculation';
import { isTextFormula } from './formula-text';
import { unescapeText } from './archive/read-xml';
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
  /** The text of `f`, raw; '' where it shares the formula of another cell that was not seen. */
  formula: string | undefined;
  /** The text of `v`, raw. */
  value: string | undefined;
  /** The text of `is`, raw. */
  inline: string | undefined;
}

/** No program has calculated the formula yet, as in a workbook that was only written and never opened. */
export const UNSOLVED = Symbol('unsolved');

const TRUTHS: Readonly<Record<string, string>> = { true: 'TRUE', false: 'FALSE' };
const ISO_DAY = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/;
const EMPTY_ERROR = '#N/A';

/**
 * The cell as the text that a CSV file would have for it; of an error its literal, such as `#REF!`. What spreadsheet programs
 * repair is read as they do: a style that is not there, a truth in words. Throws where the cell contradicts the format.
 */
export function cellValue(cell: StoredCell, contents: WorkbookContents): string | typeof UNSOLVED {
  const { type, value = '', inline } = cell;
  const isText = type === 'str' || type === 'e';
  // A formula can also result in no text at all: its value is then there, is of the type of a text, and holds nothing.
  const isEmptyResult = isText && cell.value !== undefined;
  if (cell.formula !== undefined && value.trim() === '' && inline === undefined && !isEmptyResult) return UNSOLVED;
  if (isNotItsResult(cell, contents.calculation)) return UNSOLVED;
  if (type === 'inlineStr' || (inline !== undefined && value === '')) return unescapeText(inline ?? '');
  if (type === 'e' && value.trim() === '') return EMPTY_ERROR;
  if (value === '') return '';
  // The spreadsheet shows the error of a formula, such as #N/A.
  if (isText) return unescapeText(value);
  if (type === 'b') return truthText(value.trim());
  if (type === 'd' && !isNumeric(value)) return isoDayText(value.trim());
  if (type === 's') return contents.strings.texts.at(Number(value)) ?? invalid(`shared text ${value}`);
  if (type !== 'n' && type !== 'd') return invalid(`type ${type}`);
  const isDate = isNumeric(value) && (type === 'd' || contents.dateStyles[Number(cell.style || NaN)] === true);
  return isDate ? serialDateText(Number(value), contents.isEpoch1904) : numberText(value);
}

/** Whether what is stored beside a formula is surely not what the formula results in. */
function isNotItsResult({ type, formula, value = '' }: StoredCell, calculation: Calculation): boolean {
  if (formula === undefined) return false;
  if (calculation.resultIsOld) return true;
  if (type === 's' || type === 'inlineStr') return !calculation.sharesResults;
  if (type !== 'n' && type !== 'b') return false;
  return isTextFormula(formula) || (calculation.zeroIsUnknown && type === 'n' && Number(value) === 0);
}

const isNumeric = (value: string): boolean => value.trim() !== '' && !Number.isNaN(Number(value));

function truthText(value: string): string {
  if (isNumeric(value)) return Number(value) === 0 ? 'FALSE' : 'TRUE';
  return TRUTHS[value.toLowerCase()] ?? value;
}

/** The day of a time as it is written, in whatever zone. */
function isoDayText(value: string): string {
  const [, day] = ISO_DAY.exec(value) ?? [];
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : unescapeText(value);
}

function invalid(what: string): never {
  throw new Error(`A cell has an invalid ${what}`);
}

function serialDateText(serial: number, isEpoch1904: boolean): string {
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

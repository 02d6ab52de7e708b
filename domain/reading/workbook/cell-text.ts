const NUMBER = /^(-?)(\d*)(?:\.(\d*))?(?:E([+-]?\d{1,3}))?$/i;
/** Numbers with more places than this stay as they are written: nobody's phone number has them. */
const MAX_PLACES = 40;
/** What the spreadsheet shows for a number that is formatted as a date and is none. */
const NO_DATE = '########';

export type WorkbookCell = string | boolean | Date | null | undefined;

/** A cell of a workbook as the text that a CSV file would have for it. */
export function cellText(cell: WorkbookCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return Number.isNaN(cell.getTime()) ? NO_DATE : cell.toISOString().slice(0, 10);
}

/**
 * A number as it is stored in a workbook, in digits: 4.47911123456E+11 is 447911123456. It is moved in the text, since
 * to count with it would lose digits.
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

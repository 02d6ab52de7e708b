import { isContact } from '../reading/header/contact-data';
import type { TableRow } from '../table';

/** How lines of sums begin, in the languages of the headings. */
const SUMS = new Set([
  ...['total', 'totals', 'grand total', 'subtotal', 'sub-total', 'sum', 'count', 'number of clients', 'average'],
  ...['summe', 'gesamt', 'gesamtsumme', 'zwischensumme', 'anzahl', 'insgesamt', 'totaux', 'somme', 'sous-total'],
  ...['totale', 'somma', 'suma', 'subtotales', 'totaal', 'som', 'aantal', 'totalt', 'i alt', 'razem', 'łącznie'],
]);
/** A remark has more words than the name of a person usually has. */
const WORDS_OF_A_REMARK = 4;

/**
 * Whether a row is a total or a remark rather than a person: it has neither an address nor a number to reach anybody, and it begins as
 * sums do, holds numbers only, or is one long text. A suggestion; nothing is left out by it.
 */
export function isNoPerson({ cells, raw }: Pick<TableRow, 'cells' | 'raw'>): boolean {
  const filled = raw.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const [first = ''] = filled;
  if (filled.length === 0 || isFilled(cells.email) || filled.some(isContact)) return false;
  const isSum = SUMS.has(first.toLowerCase().replace(/[\s:.=]*\d*[\s:.=]*$/, ''));
  const isRemark = filled.length === 1 && first.split(/\s+/).length >= WORDS_OF_A_REMARK;
  return isSum || isRemark || filled.every((cell) => /^[\d\s.,'%€$£-]+$/.test(cell));
}

const isFilled = (cell = ''): boolean => cell.trim() !== '';

import type { ColumnKey } from '../../columns';
import { isContact } from './contact-data';
import { createHeaderLookup } from './header-meaning';
import type { HeaderOptions } from './header-aliases';
import { leadingRecords, SURELY_A_HEADER } from '../grid';
import type { LeadingRecord } from '../grid';

export interface HeaderRow extends LeadingRecord {
  /** How many filled rows stand above it. */
  titles: number;
}

/**
 * Finds the row with the names of the columns: the first filled row, or one below rows that can only be a title.
 * `undefined` where all rows are blank.
 */
export function findHeaderRow(
  records: Iterable<readonly string[]>,
  isKnownHeader: (header: string) => boolean,
  { kind, aliases }: Pick<HeaderOptions, 'kind' | 'aliases'>,
): HeaderRow | undefined {
  const leading = leadingRecords(records);
  const [first] = leading;
  if (first === undefined) return undefined;
  const lookup = createHeaderLookup(kind, aliases);
  const titles = leading.findIndex(({ record }) => isHeader(record.map((cell) => lookup(cell)?.key)));
  // A row above that could be a person or another header leaves it open where the table begins.
  const isTitle = ({ record }: LeadingRecord): boolean => !record.some(isKnownHeader) && !couldBePerson(record);
  if (titles > 0 && leading.slice(0, titles).every(isTitle)) return { ...leading[titles]!, titles };
  const above = titles < 0 ? leading.findIndex(({ record }) => widthOf(record) >= SURELY_A_HEADER) : -1;
  const isLikely = above > 0 && leading.slice(0, above).every(isTitle) && !couldBePerson(leading[above]!.record);
  // Headings that nobody knows yet are asked for: a title of a cell or two is none of them.
  return isLikely ? { ...leading[above]!, titles: above } : { ...first, titles: 0 };
}

const widthOf = (record: readonly string[]): number => record.filter((cell) => cell.trim() !== '').length;

/** A title can name a contact, but not in so many cells. */
const couldBePerson = (record: readonly string[]): boolean =>
  widthOf(record) >= SURELY_A_HEADER && record.some((cell) => isContact(cell.trim()));

function isHeader(keys: readonly (ColumnKey | undefined)[]): boolean {
  const known = new Set(keys.filter((key) => key !== undefined));
  return known.has('email') && known.size >= SURELY_A_HEADER;
}

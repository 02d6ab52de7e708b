import type { Repair } from '../../contract/problem';
import { MOST_LISTED } from './problem-table';
import { formatTable } from './table';
import { countOf, inert, printable, truncate } from './text';

/** The repairs of a line. A key of support sees the columns alone. */
export interface RepairedRow {
  line: number;
  repairs: readonly (Pick<Repair, 'column'> & Partial<Repair>)[];
}

const WIDEST = 40;

export interface RepairsOptions {
  width: number;
  /** Lists them; otherwise they are only counted. */
  list: boolean;
  all: boolean;
  /** What lists them, and all of them, as a person types it. */
  toList: string;
  toSeeAll: string;
}

/** The cells that were corrected by themselves: how many, and on request line, column, before and after. `null` without any. */
export function formatRepairs(rows: readonly RepairedRow[], options: RepairsOptions): string | null {
  const { width, list, all, toList, toSeeAll } = options;
  const repairs = rows.flatMap(({ line, repairs: ofRow }) => ofRow.map((repair) => ({ line, ...repair })));
  if (repairs.length === 0) return null;
  const count = `  ${countOf(repairs.length, 'cell')} repaired`;
  if (!list) return `${count}. Cell by cell: ${toList}`;
  const shown = repairs.slice(0, all ? undefined : MOST_LISTED);
  const table = formatTable(
    [
      ['LINE', 'COLUMN', 'BEFORE', 'AFTER'],
      ...shown.map(({ line, column, before, after }) => [
        String(line),
        truncate(printable(column), WIDEST),
        truncate(show(before), WIDEST),
        show(after),
      ]),
    ],
    width,
    4,
  );
  const left = repairs.length - shown.length;
  return [`${count}:`, table, ...(left > 0 ? [`  ${countOf(left, 'cell')} more: ${toSeeAll}`] : [])].join('\n\n');
}

/** Blanks at the ends are what was repaired, so a cell stands between quotation marks, and a blank that nobody sees has its number. */
const show = (text: string | undefined): string =>
  text === undefined ? '(hidden)' : `“${inert(text.replace(UNSEEN, numberOf))}”`;

const UNSEEN = /[^\S ]|[\u00ad\u200b\u2060]/g;
const numberOf = (sign: string): string => `[U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`;

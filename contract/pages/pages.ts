import type { Channel } from '../invitation';
import type { RowSet } from '../row-set';

/**
 * Lines of a page. A file with more rows is imported page by page, and each page as far as it goes at once; the number is that of the
 * help page for a whole file, so that a page is what a file of the usual size is.
 */
export const PAGE_ROWS = 500;

/** The pages of an import on which something is left to do, as sets of their numbers. A page without work is in none of them. */
export interface PagesLeft {
  /** With rows whose people are to be written. */
  write: RowSet;
  /** With invitations that may be sent now. */
  send: Record<Channel, RowSet>;
  /** With invitations in doubt. */
  settle: Record<Channel, RowSet>;
  /** One after the other, since those of a page depend on those before it: people are reached in the order of the file. */
  inOrder?: true;
  /** Lines that need a person. */
  needingAttention: number;
}

/** The number of the page of a line; the first is 0. */
export const pageOf = (line: number): number => Math.floor((line - 1) / PAGE_ROWS);

/** The first and the last line of a page, whether or not the file has them. */
export const boundsOfPage = (page: number): { from: number; to: number } => ({
  from: page * PAGE_ROWS + 1,
  to: (page + 1) * PAGE_ROWS,
});

/** The lines of a page. */
export function linesOfPage(page: number): RowSet {
  const { from, to } = boundsOfPage(page);
  return `${from}-${to}`;
}

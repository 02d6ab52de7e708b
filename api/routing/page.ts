import type { Request } from 'express';
import type { LinkBase } from '../http/links';
import { reply } from './route';

interface Page<Item, Next> {
  data: Item[];
  /** What `after` of the next request must be; `null` on the last page. */
  next: Next | null;
}

/** Cuts a page of `limit` off what was found with a limit of one more, which tells whether another page follows. */
export function cutPage<Item, Next>(
  found: readonly Item[],
  limit: number,
  cursorOf: (item: Item) => Next,
): Page<Item, Next> {
  const data = found.slice(0, limit);
  return { data, next: found.length > limit ? cursorOf(data.at(-1)!) : null };
}

/** For the answers of a route that lists pages. */
export const NEXT_PAGE = {
  Link: 'The next page, as `rel="next"` (RFC 8288) with all filters of this one; absent on the last page.',
};

/**
 * A page with a link to the next one. The cursor stands in the body as well, since parsers of `Link` differ: this form, in lower
 * case and without blanks, is one that all read.
 */
export function pageReply<P extends Page<unknown, string | number>>(
  request: Request,
  { publicUrl }: Pick<LinkBase, 'publicUrl'>,
  page: P,
) {
  const { next } = page;
  if (next === null) return reply(200, page);
  const query = new URLSearchParams({ ...(request.query as Record<string, string>), after: `${next}` });
  return reply(200, page, { Link: `<${publicUrl}${request.path}?${query.toString()}>; rel="next"` });
}

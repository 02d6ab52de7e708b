/** A part of a list, and where the next one begins. */
export interface Page<Item, Cursor> {
  data: Item[];
  next: Cursor | null;
}

/** The most that the API gives at once. */
export const LARGEST_PAGE = 500;

/** A whole list, page by page; with `most` no further page once there are so many. */
export async function loadAll<Item, Cursor>(
  load: (after: Cursor | undefined) => Promise<Page<Item, Cursor>>,
  most = Infinity,
): Promise<Item[]> {
  const items: Item[] = [];
  let after: Cursor | undefined;
  do {
    const { data, next } = await load(after);
    items.push(...data);
    after = next ?? undefined;
  } while (after !== undefined && items.length < most);
  return items;
}

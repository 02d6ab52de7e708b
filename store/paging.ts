/** The order of pages by time of creation. */
export const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;

/** Filters the documents that follow `last` in that order. */
export const olderThan = ({ _id, createdAt }: { _id: string; createdAt: Date }) => ({
  $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: _id } }],
});

/** Filters the documents that were created from `since` on and before `until`. */
export const createdWithin = (since: Date | undefined, until: Date | undefined) =>
  (since ?? until) ? { createdAt: { ...(since && { $gte: since }), ...(until && { $lt: until }) } } : {};

/** A page was asked for after something that is not in the list, or not any more. */
export class UnknownCursorError extends Error {
  override readonly name = 'UnknownCursorError';

  constructor() {
    super('A page was asked for after something that is not in its list');
  }
}

/** What the page before ended with; `null` for the first page. Throws an `UnknownCursorError` for what is not found. */
export async function endOfPageBefore<Cursor, T>(
  after: Cursor | undefined,
  find: (after: Cursor) => Promise<T | null>,
): Promise<T | null> {
  if (after === undefined) return null;
  const last = await find(after);
  if (last === null) throw new UnknownCursorError();
  return last;
}

/** A pattern that only this text matches. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Filters the texts that begin so, by the bounds of their index. */
export const beginningWith = (text: string) => ({ $regex: `^${literal(text)}` });

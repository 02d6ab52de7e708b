import type { Collections } from '../documents';

/** Lines of one transaction: MongoDB advises against more than a thousand documents in one, and ends those that take a minute. */
const LINES = 500;
/** Line 1 has the headers. */
const HEADER_LINE = 1;

/** Some lines of an import, as a condition on `row`. */
export type LineWindow = { $in: number[] } | { $gt: number; $lte: number };

/**
 * All lines of an import, or those that are given, in windows of some hundred, so that a change of an import of any size goes by
 * transactions of one size. A file of the usual size is one window. `isLast` tells that none follows.
 */
export async function* windowsOf(
  { rows, invitations }: Pick<Collections, 'rows' | 'invitations'>,
  importId: string,
  lines?: readonly number[],
): AsyncGenerator<{ row: LineWindow; isLast: boolean }> {
  if (lines) {
    const ascending = [...lines].sort((a, b) => a - b);
    for (let i = 0; i < ascending.length; i += LINES)
      yield { row: { $in: ascending.slice(i, i + LINES) }, isLast: i + LINES >= ascending.length };
    return;
  }
  const highest = { sort: { row: -1 }, projection: { row: 1 } } as const;
  const found = await Promise.all([rows.findOne({ importId }, highest), invitations.findOne({ importId }, highest)]);
  const last = Math.max(...found.map((one) => one?.row ?? 0));
  for (let after = HEADER_LINE; after < last; after += LINES)
    yield { row: { $gt: after, $lte: after + LINES }, isLast: after + LINES >= last };
}

import type { Session } from '../commands/session';
import { writeList } from '../data/formats';
import type { Column, Output } from '../data/formats';

export interface ListOptions {
  output?: Output;
  /** At most so many; all without. */
  limit?: number;
}

/** Writes what there is to the standard output, and to the other one that there is nothing, or more. */
export async function showList<T>(
  { out, err }: Session,
  found: AsyncIterable<T>,
  columns: readonly Column<T>[],
  { output, limit = Infinity }: ListOptions,
): Promise<void> {
  const items: T[] = [];
  let hasMore = false;
  for await (const item of found) {
    hasMore = items.length >= limit;
    if (hasMore) break;
    items.push(item);
  }
  writeList(out, items, columns, output);
  if (items.length === 0) err.write('There is nothing to list.\n');
  if (hasMore) err.write('There are more. For all of them: --limit all\n');
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyBulkWriteOperation, Collection, Document, Filter, UpdateFilter } from 'mongodb';

/** A lost round means that another writer has made progress; so many in a row mean that something is wrong. */
const ROUNDS = 30;
const LONGEST_PAUSE_MS = 20;

/**
 * Reads documents and writes what becomes of each, by a compare-and-set on `fields`: it changes a document only as long as
 * these are as they were read. With all the fields that `updateOf` looks at, a write lands only where the same would be
 * written again, whatever other parts of the store have done in between. After a lost one everything is read again, with
 * `settles` after each round, until there is nothing to write. Rejects after too many rounds.
 */
export async function reduceAll<Doc extends { _id: string }, Read extends Partial<Doc> & { _id: string }>(
  collection: Collection<Doc>,
  fields: readonly (keyof Doc & keyof Read)[],
  read: () => Promise<Read[]>,
  updateOf: (one: Read) => UpdateFilter<Doc> | Document[] | null,
  { settles = false } = {},
): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const writes = (await read()).flatMap((one): AnyBulkWriteOperation<Doc>[] => {
      const update = updateOf(one);
      // Null stands for an absent field.
      const asRead = Object.fromEntries(fields.map((name) => [name, one[name] ?? null]));
      return update ? [{ updateOne: { filter: { _id: one._id, ...asRead } as Filter<Doc>, update } }] : [];
    });
    if (writes.length === 0) return;
    const { matchedCount } = await collection.bulkWrite(writes, { ordered: false });
    if (matchedCount < writes.length) await sleep(Math.random() * LONGEST_PAUSE_MS);
    else if (!settles) return;
  }
  throw new Error('Reports were not written, because others kept changing the same documents');
}

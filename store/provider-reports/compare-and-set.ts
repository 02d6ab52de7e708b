import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyBulkWriteOperation, Collection, Document, Filter, UpdateFilter } from 'mongodb';

/** A lost round means that another writer made progress; this many in a row indicate an error. */
const ROUNDS = 30;
const LONGEST_PAUSE_MS = 20;

/**
 * Reads documents and updates each by a compare-and-set on `fields`, which must be all fields that `updateOf` reads: so no
 * update is stale, whatever other writers do in between. After a lost one, or with `settles` after each round, reads again
 * until there is nothing to write. Rejects after too many rounds.
 */
export async function reduceAll<Doc extends { _id: string }, Read extends Partial<Doc> & { _id: string }>(
  collection: Collection<Doc>,
  fields: readonly (keyof Doc & keyof Read)[],
  read: () => Promise<Read[]>,
  updateOf: (document: Read) => UpdateFilter<Doc> | Document[] | null,
  { settles = false } = {},
): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const writes = (await read()).flatMap((document): AnyBulkWriteOperation<Doc>[] => {
      const update = updateOf(document);
      // Null stands for an absent field.
      const asRead = Object.fromEntries(fields.map((name) => [name, document[name] ?? null]));
      return update ? [{ updateOne: { filter: { _id: document._id, ...asRead } as Filter<Doc>, update } }] : [];
    });
    if (writes.length === 0) return;
    const { matchedCount } = await collection.bulkWrite(writes, { ordered: false });
    if (matchedCount < writes.length) await sleep(Math.random() * LONGEST_PAUSE_MS);
    else if (!settles) return;
  }
  throw new Error('Reports were not written, because others kept changing the same documents');
}

import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { Collection, Document, OptionalUnlessRequiredId, WriteError } from 'mongodb';

const DUPLICATE_KEY = 11_000;

/** Whether a write failed because another document has its unique key. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/**
 * Inserts the missing documents in one unordered bulk write, and returns the positions of those that collided with a unique
 * key. Throws any other write error.
 */
export async function insertMissing<T extends Document>(collection: Collection<T>, documents: T[]): Promise<number[]> {
  if (documents.length === 0) return [];
  try {
    await collection.insertMany(documents as OptionalUnlessRequiredId<T>[], { ordered: false });
    return [];
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const errors: WriteError[] = [error.writeErrors].flat();
    const collisionsOnly = errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
    if (!collisionsOnly || error.result.getWriteConcernError()) throw error;
    return errors.map(({ index }) => index);
  }
}

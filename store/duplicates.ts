import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { Collection, Document, OptionalUnlessRequiredId, WriteError } from 'mongodb';

const DUPLICATE_KEY = 11_000;

/** Whether a write of one document was refused because another one has its unique key. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/**
 * Inserts what is not there yet, in one unordered bulk write, and tells the positions of those that collided with a
 * unique key. Any other write error is thrown.
 */
export async function insertMissing<T extends Document>(collection: Collection<T>, documents: T[]): Promise<number[]> {
  if (documents.length === 0) return [];
  try {
    await collection.insertMany(documents as OptionalUnlessRequiredId<T>[], { ordered: false });
    return [];
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError)) throw error;
    const faults: WriteError[] = [error.writeErrors].flat();
    const collisionsOnly = faults.length > 0 && faults.every((fault) => fault.code === DUPLICATE_KEY);
    if (!collisionsOnly || error.result.getWriteConcernError()) throw error;
    return faults.map((fault) => fault.index);
  }
}

import type { Store } from '../../store/index';
import { insufficientStorage } from '../http/http-problem';

/** The answer of the database is good for so long, in milliseconds. */
const KNOWN_FOR_MS = 2_000;

/**
 * Refuses what would be imported while the disk of the database has less than `reserveBytes`: a mongod that runs out of space in
 * the middle of a write ends itself, and takes every import under way with it. Throws a 507.
 */
export function createSpaceCheck({ freeBytes }: Pick<Store, 'freeBytes'>, reserveBytes: number): () => Promise<void> {
  let known: { at: number; free: Promise<number | undefined> } | undefined;

  return async () => {
    const now = Date.now();
    if (!known || now - known.at > KNOWN_FOR_MS) {
      const asked = { at: now, free: freeBytes() };
      known = asked;
      // Not kept, so that the next one asks again.
      asked.free.catch(() => (known = undefined));
    }
    const free = await known.free;
    if (free !== undefined && free < reserveBytes) throw insufficientStorage();
  };
}

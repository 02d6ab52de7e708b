import type { Collections } from '../documents';

/** Imports of which it is known whether they try one channel first: some 100 bytes each. */
const MOST_KNOWN = 10_000;

/**
 * The imports whose second channel follows the reports about the first one. An import keeps its choice from its plan on, and nothing is
 * reported of one that has none; so each is read once by a process.
 */
export function createLedImports({ imports }: Pick<Collections, 'imports'>) {
  const known = new Map<string, boolean>();

  return async (importIds: readonly string[]): Promise<string[]> => {
    const missing = importIds.filter((id) => !known.has(id));
    if (missing.length > 0) {
      const led = new Set(await imports.distinct('_id', { _id: { $in: missing }, failover: { $exists: true } }));
      for (const id of missing) {
        if (known.size >= MOST_KNOWN) known.delete(known.keys().next().value!);
        known.set(id, led.has(id));
      }
    }
    return importIds.filter((id) => known.get(id));
  };
}

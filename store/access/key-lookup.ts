import { readTogether } from '../../platform/read-together';
import type { Collections } from '../documents';
import type { ApiKeyDoc } from '../key-documents';

/** A key that another process revokes ends within a second, which `docs/access.md` promises: this leaves as much again for the rest. */
const KEPT_MS = 500;
/** Of some 500 bytes each. */
const MOST_KEPT = 1_000;

interface Kept {
  key: ApiKeyDoc;
  /** When it was asked for. */
  at: number;
}

/** The keys of requests by the hashes of their secrets: each request needs one, and who watches an import sends many. */
export function createKeyLookup({ apiKeys }: Pick<Collections, 'apiKeys'>, now: () => number = Date.now) {
  let kept = new Map<string, Kept>();

  const read = readTogether(async (hashes: readonly string[]) => {
    const keys = await apiKeys.find({ 'secrets.hash': { $in: [...new Set(hashes)] } }).toArray();
    return hashes.map((hash) => keys.find(({ secrets }) => secrets.some((secret) => secret.hash === hash)));
  });

  return {
    async find(hash: string): Promise<ApiKeyDoc | undefined> {
      const at = now();
      const known = kept.get(hash);
      if (known && at - known.at < KEPT_MS) return known.key;
      const into = kept;
      const key = await read(hash);
      into.delete(hash);
      if (into.size >= MOST_KEPT) into.delete(into.keys().next().value!);
      if (key) into.set(hash, { key, at });
      return key;
    },

    /** After a key was changed here. What is being read may be from before, so it is not kept either. */
    forget(): void {
      kept = new Map();
    },
  };
}

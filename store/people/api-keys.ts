import { createHash } from 'node:crypto';
import type { Collections, ApiKeyDoc, Role } from '../documents';

/** Keys are random and long, so one round of SHA-256 is enough to make the stored form useless to a reader. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

export function createApiKeys({ apiKeys }: Pick<Collections, 'apiKeys'>) {
  return {
    find: (key: string): Promise<ApiKeyDoc | null> => apiKeys.findOne({ _id: hashOf(key) }),

    /** Adds the key, or gives a known one this role. */
    async save(key: string, organisationId: string, role: Role): Promise<void> {
      await apiKeys.updateOne(
        { _id: hashOf(key) },
        { $set: { organisationId, role }, $setOnInsert: { createdAt: new Date() } },
        { upsert: true },
      );
    },
  };
}

import type { Collections, ImportDoc } from '../documents';
import { isDuplicateKey } from '../duplicates';
import type { AlsoWrite, Mongo } from '../mongo';
import type { BatchDoc, IdempotencyKeyDoc } from '../upload-documents';
import type { Uploads } from './uploads';

/** The small files among the uploads, by the id of their import. */
type Contents = ReadonlyMap<string, Buffer>;

/** Creates imports from uploads, each once even if the request is repeated. */
export function createNewImports(
  {
    imports,
    pendingUploads,
    idempotencyKeys,
    batches,
  }: Pick<Collections, 'imports' | 'pendingUploads' | 'idempotencyKeys' | 'batches'>,
  transaction: Mongo['transaction'],
  uploads: Pick<Uploads, 'insert'>,
) {
  /** One transaction: a key without its imports would hide a lost upload, imports without their key would be created twice. */
  async function writeAll(
    documents: ImportDoc[],
    key: IdempotencyKeyDoc | null,
    contents: Contents,
    batch: BatchDoc | null,
    also?: AlsoWrite,
  ): Promise<void> {
    const stored = documents.map(({ _id }) => _id).filter((id) => !contents.has(id));
    await transaction(async (session) => {
      if (stored.length > 0) {
        const pending = { _id: { $in: stored }, discarded: { $exists: false } };
        const { deletedCount } = await pendingUploads.deleteMany(pending, { session });
        if (deletedCount < stored.length) throw new Error('An upload was removed before it became an import');
      }
      if (contents.size > 0) await uploads.insert(contents, session);
      await imports.insertMany(documents, { session });
      if (batch) await batches.insertOne(batch, { session });
      await also?.(session);
      // Last: if this process dies before the commit, the key stays locked until the database aborts the transaction.
      if (key) await idempotencyKeys.insertOne(key, { session });
    });
  }

  return {
    /** Whether a request with this key has created imports. */
    isKnown: async (keyId: string): Promise<boolean> => (await idempotencyKeys.countDocuments({ _id: keyId })) > 0,

    /** Forgets a key, so that a request with it creates imports again. */
    async forget(keyId: string): Promise<void> {
      await idempotencyKeys.deleteOne({ _id: keyId });
    },

    /**
     * Writes the imports of stored uploads together with the key of their request, with the small files among them, and with what
     * was rejected of the upload. If an earlier request had the key, waits for it, writes nothing and returns its result. `also` is
     * written with them or not at all.
     */
    async createOnce(
      documents: ImportDoc[],
      key: IdempotencyKeyDoc | null = null,
      contents: Contents = new Map(),
      batch: BatchDoc | null = null,
      also?: AlsoWrite,
    ): Promise<IdempotencyKeyDoc | null> {
      const findEarlier = async () => key && (await idempotencyKeys.findOne({ _id: key._id }));
      for (;;) {
        const earlier = await findEarlier();
        if (earlier) return earlier;
        try {
          await writeAll(documents, key, contents, batch, also);
          return null;
        } catch (error) {
          if (!key || !(isDuplicateKey(error) || (await findEarlier()))) throw error;
        }
      }
    },
  };
}

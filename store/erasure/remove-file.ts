import type { Collections } from '../documents';
import type { Uploads } from '../imports/uploads';
import { withoutSamples } from './redaction';

/** Removes the bytes of a file and what was shown of its cells. The import keeps its size and hash, by which the same file is known again. */
export async function removeFile(
  { imports }: Pick<Collections, 'imports'>,
  uploads: Pick<Uploads, 'remove'>,
  importId: string,
): Promise<void> {
  const importDoc = await imports.findOne({ _id: importId });
  if (!importDoc) return;
  await uploads.remove(importId);
  await imports.updateOne({ _id: importId }, [
    { $set: { fileRemovedAt: { $ifNull: ['$fileRemovedAt', '$$NOW'] } } },
    {
      $set: Object.fromEntries(
        Object.entries(withoutSamples(importDoc)).map(([field, value]) => [field, { $literal: value }]),
      ),
    },
  ]);
}

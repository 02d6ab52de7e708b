import type { Collections, ImportDoc } from '../documents';
import type { RejectedFile } from '../upload-documents';
import { LISTED } from './imports';
import type { ListedImport } from './imports';

/** The files of one upload, whatever has become of them. */
export interface Batch {
  id: string;
  createdAt: Date;
  /** In the order of the upload. */
  imports: ListedImport[];
  rejected: RejectedFile[];
}

/** An import by the bytes of its file. */
export type SameFile = Pick<ImportDoc, '_id' | 'fileName' | 'sha256' | 'createdAt' | 'batchId'>;

/** Uploads of several files as one thing, and what was uploaded lately. */
export function createBatches({ imports, batches }: Pick<Collections, 'imports' | 'batches'>) {
  return {
    async find(organisationId: string, batchId: string): Promise<Batch | null> {
      const [files, batch] = await Promise.all([
        imports
          .find({ organisationId, batchId })
          // An older build has stored no positions.
          .sort({ positionInBatch: 1, createdAt: 1, _id: 1 })
          .project<ListedImport>(LISTED)
          .toArray(),
        batches.findOne({ _id: batchId, organisationId }),
      ]);
      const createdAt = files[0]?.createdAt ?? batch?.createdAt;
      return createdAt ? { id: batchId, createdAt, imports: files, rejected: batch?.rejected ?? [] } : null;
    },

    /** The imports of files with these bytes that an organisation has had since a time, the newest first; not those by hand. */
    findSame: (organisationId: string, sha256s: string[], since: Date): Promise<SameFile[]> =>
      imports
        .find({ organisationId, sha256: { $in: sha256s }, createdAt: { $gte: since }, source: 'file' })
        .sort({ createdAt: -1 })
        .limit(MOST_SAME)
        .project<SameFile>({ fileName: 1, sha256: 1, createdAt: 1, batchId: 1 })
        .toArray(),
  };
}

/** A file that was uploaded so often within a day is pointed out by its newest uploads. */
const MOST_SAME = 500;

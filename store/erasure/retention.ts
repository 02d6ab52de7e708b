import { isFinal, statusesThat } from '../../contract/import-status';
import { neutralName } from '../../domain/erasure/sought';
import type { Collections, ImportDoc } from '../documents';
import type { Uploads } from '../imports/uploads';
import { expireRow } from './redaction';
import { removeFile } from './remove-file';

/** What is kept for a time of its own. */
export type Kept = 'file' | 'rows';

/** Files and rows of ended imports that were kept for long enough. What has not ended keeps both: its rows may wait for a team. */
export function createRetention(
  { imports, rows, batches, people }: Pick<Collections, 'imports' | 'rows' | 'batches' | 'people'>,
  uploads: Pick<Uploads, 'remove'>,
) {
  return {
    /** The imports that ended before `before` and still have what is to go, the oldest first. */
    findOutdated: (kept: Kept, before: Date, limit: number): Promise<ImportDoc[]> =>
      imports
        .find({
          expired: { $in: kept === 'file' ? [null as never] : [null as never, 'file'] },
          closedAt: { $lt: before },
          status: { $in: statusesThat(isFinal) },
        })
        .sort({ closedAt: 1 })
        .limit(limit)
        .toArray(),

    /** Idempotent. */
    async expireFile(importDoc: ImportDoc): Promise<void> {
      await removeFile({ imports }, uploads, importDoc._id);
      await mark(importDoc, { expired: 'file' });
    },

    /** Removes the cells of all rows with the file and its name. Statuses and counts stay. Idempotent. */
    async expireRows(importDoc: ImportDoc): Promise<void> {
      const { _id: importId, batchId, fileName } = importDoc;
      await removeFile({ imports }, uploads, importId);
      // A correction may have opened the import again since it was found.
      await rows.updateMany({ importId, erased: { $exists: false }, status: { $nin: ['pending', 'waiting'] } }, [
        ...expireRow,
      ]);
      await forgetOverwritten(importId);
      await batches.updateOne({ _id: batchId }, { $set: { 'rejected.$[].fileName': neutralName('') } });
      await mark(importDoc, { expired: 'rows', fileName: neutralName(fileName) });
    },
  };

  /** What the rows have replaced stands with the people whom they have changed. */
  async function forgetOverwritten(importId: string): Promise<void> {
    const changed = await rows.distinct('plan.personId', { importId, status: { $in: ['updated', 'undone'] } });
    await people.updateMany(
      { _id: { $in: changed.filter((id) => id !== undefined) }, 'overwritten.importId': importId },
      { $pull: { overwritten: { importId } } },
    );
  }

  /** Last, so that a crash leaves it to be found again. */
  async function mark(
    { _id, closedAt }: ImportDoc,
    fields: Pick<ImportDoc, 'expired'> & Partial<ImportDoc>,
  ): Promise<void> {
    await imports.updateOne({ _id, closedAt: closedAt!, status: { $in: statusesThat(isFinal) } }, { $set: fields });
  }
}

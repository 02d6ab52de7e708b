import { hasComeToRest } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import type { Collections, ImportDoc } from '../documents';

/**
 * The mark of a status of which the organisation is to be told. A transition sets it in its own write, by these expressions, so
 * that no crash loses one; an unchanged status is no news.
 */
export function announcementOf(target: ImportStatus, status: unknown): Record<string, unknown> {
  if (!hasComeToRest(target)) return {};
  const isNew = { $ne: ['$status', status] };
  const sequence = { $add: [{ $ifNull: ['$restSequence', 0] }, 1] };
  const news = [{ sequence, status: { $literal: target }, at: '$$NOW' }];
  return {
    restSequence: { $cond: [isNew, sequence, { $ifNull: ['$restSequence', '$$REMOVE'] }] },
    unannounced: {
      $cond: [
        isNew,
        { $concatArrays: [{ $ifNull: ['$unannounced', []] }, news] },
        { $ifNull: ['$unannounced', '$$REMOVE'] },
      ],
    },
  };
}

/** The imports whose organisations are to be told of a status. */
export function createAnnouncements({ imports }: Pick<Collections, 'imports'>) {
  return {
    /** Those that came to rest first. Several processes may take the same ones: to announce is idempotent. */
    list: (limit: number): Promise<ImportDoc[]> =>
      imports
        .find({ 'unannounced.at': { $exists: true } })
        .sort({ 'unannounced.at': 1 })
        .limit(limit)
        .toArray(),

    /** Clears the marks that `importDoc` was read with, and none that came since. */
    async clear({ _id, restSequence = 0 }: ImportDoc): Promise<void> {
      const left = { $filter: { input: '$unannounced', cond: { $gt: ['$$this.sequence', restSequence] } } };
      await imports.updateOne({ _id, 'unannounced.sequence': { $lte: restSequence } }, [
        { $set: { unannounced: left } },
        { $set: { unannounced: { $cond: [{ $eq: ['$unannounced', []] }, '$$REMOVE', '$unannounced'] } } },
      ]);
    },

    /** All files of an upload, with what tells whether they rest. */
    batch: (organisationId: string, batchId: string): Promise<Pick<ImportDoc, '_id' | 'status' | 'restSequence'>[]> =>
      imports
        .find({ organisationId, batchId })
        .project<Pick<ImportDoc, '_id' | 'status' | 'restSequence'>>({ status: 1, restSequence: 1 })
        .sort({ createdAt: 1, _id: 1 })
        .toArray(),
  };
}

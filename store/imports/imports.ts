import type { ImportStatus } from '../../contract/import';
import type { Collections } from '../collections';
import type { ImportDoc } from '../documents';

/** From where an import may move on by its own steps. */
const ADVANCES_FROM = {
  planning: ['queued'],
  creating: ['planning'],
  inviting: ['planning', 'creating', 'settling'],
  settling: ['inviting'],
} as const satisfies Partial<Record<ImportStatus, readonly ImportStatus[]>>;

const ON_THEIR_WAY = Object.keys(ADVANCES_FROM) as ImportStatus[];

/** At rest, but their workflow is waiting for something: it must be there when the time is over. */
const NOT_AT_THEIR_END: ImportStatus[] = ['awaiting-approval', 'waiting', 'needs-attention', 'paused'];

export interface ImportsPage {
  organisationId: string;
  limit: number;
  status?: ImportStatus;
  batchId?: string;
  /** Id of the last import of the page before. */
  after?: string;
}

/** The imports, one document a file. Status is only ever moved by a compare-and-set, so a late step can't undo a newer one. */
export function createImports({ imports }: Pick<Collections, 'imports'>) {
  return {
    find: (importId: string): Promise<ImportDoc | null> => imports.findOne({ _id: importId }),

    findIn: (organisationId: string, importId: string): Promise<ImportDoc | null> =>
      imports.findOne({ _id: importId, organisationId }),

    /** Newest first. An unknown `after` gives the first page. */
    async list({ organisationId, limit, status, batchId, after }: ImportsPage): Promise<ImportDoc[]> {
      const last = after ? await imports.findOne({ _id: after, organisationId }) : null;
      const olderThanLast = last && {
        $or: [{ createdAt: { $lt: last.createdAt } }, { createdAt: last.createdAt, _id: { $lt: last._id } }],
      };
      return imports
        .find({ organisationId, ...(status && { status }), ...(batchId && { batchId }), ...olderThanLast })
        .sort({ createdAt: -1, _id: -1 })
        .limit(limit)
        .toArray();
    },

    /** Moves on to a later step; where the import is already there, or past it, nothing happens. */
    async advance(importId: string, to: keyof typeof ADVANCES_FROM): Promise<void> {
      await imports.updateOne({ _id: importId, status: { $in: [...ADVANCES_FROM[to]] } }, { $set: { status: to } });
    },

    /** Approves the plan of a preview that has this hash and was planned after `plannedAfter`. Returns whether it did. */
    async approve(importId: string, planHash: string, plannedAfter: Date): Promise<boolean> {
      const { matchedCount } = await imports.updateOne(
        { _id: importId, status: 'awaiting-approval', planHash, plannedAt: { $gt: plannedAfter } },
        { $set: { status: 'planning' }, $currentDate: { appliedAt: true } },
      );
      return matchedCount === 1;
    },

    /** Goes on with an import that rested at `revision`, because rows of it need not wait any longer. */
    async resume(importId: string, revision: number): Promise<void> {
      await imports.updateOne(
        { _id: importId, revision, status: { $in: ['waiting', 'needs-attention'] } },
        { $set: { status: 'creating' }, $inc: { revision: 1 }, $unset: { closedAt: '' } },
      );
    },

    /** Those of these imports whose waiting rows can go on, and that were not woken since `wokenBefore`. */
    wakeableAmong: (importIds: string[], wokenBefore: Date): Promise<ImportDoc[]> =>
      imports
        .find({
          _id: { $in: importIds },
          // Also where a channel is broken: it holds nobody else back.
          status: { $in: ['creating', 'inviting', 'settling', 'paused', 'waiting', 'needs-attention'] },
          $or: [{ wokenAt: { $exists: false } }, { wokenAt: { $lt: wokenBefore } }],
        })
        .toArray(),

    async noteWoken(importIds: string[]): Promise<void> {
      await imports.updateMany({ _id: { $in: importIds } }, { $currentDate: { wokenAt: true } });
    },

    /** Closes the books as they were counted, unless they were closed or opened since `revision`. Returns whether it did. */
    async close(importId: string, status: ImportStatus, revision: number): Promise<boolean> {
      const { matchedCount } = await imports.updateOne(
        { _id: importId, revision },
        {
          $set: { status },
          $currentDate: { closedAt: true },
          // Nothing is left to be held back, unless staff hold back rows that wait.
          ...(status === 'paused'
            ? { $inc: { revision: 1 } }
            : { $inc: { revision: 1, resumes: 1 }, $unset: { pausedBy: '' as const } }),
        },
      );
      return matchedCount === 1;
    },

    /** Opens the import again for a retry, once for each, however often the request is run. What is held back stays so. */
    async reopen(importId: string, retryId: string): Promise<void> {
      await imports.updateOne({ _id: importId, retries: { $ne: retryId } }, [
        {
          $set: {
            status: { $cond: [{ $eq: ['$status', 'paused'] }, 'paused', 'inviting'] },
            retries: { $concatArrays: ['$retries', [retryId]] },
            revision: { $add: ['$revision', 1] },
          },
        },
        { $unset: 'closedAt' },
      ]);
    },

    /**
     * Takes an import whose workflow was not told since before `before` of what has changed outside of it, and notes that
     * somebody is telling it now. `null` if there is none.
     */
    takeStirred: (before: Date): Promise<ImportDoc | null> =>
      imports.findOneAndUpdate(
        { stirredAt: { $lt: before }, status: { $nin: ['cancelled', 'failed'] } },
        { $currentDate: { stirredAt: true } },
        { sort: { stirredAt: 1 }, returnDocument: 'after' },
      ),

    /**
     * Takes the import that has been unattended for longest and notes that somebody looks after it now: one that is queued
     * since before `queuedSince`, on its way and not looked after since `activeSince`, or at rest with something still to
     * come and not looked after since `restingSince`. `null` if there is none.
     */
    async takeUnattended(queuedSince: Date, activeSince: Date, restingSince: Date): Promise<ImportDoc | null> {
      return imports.findOneAndUpdate(
        {
          $or: [
            { status: 'queued', sweptAt: { $lt: queuedSince } },
            { status: { $in: ON_THEIR_WAY }, sweptAt: { $lt: activeSince } },
            { status: { $in: NOT_AT_THEIR_END }, sweptAt: { $lt: restingSince } },
          ],
        },
        { $currentDate: { sweptAt: true } },
        { sort: { sweptAt: 1 } },
      );
    },
  };
}
export type Imports = ReturnType<typeof createImports>;

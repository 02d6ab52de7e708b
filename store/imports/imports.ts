import { isFinal, isResting, mayHaveWaitingRows, statusesThat } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import type { ImportTransitionName } from '../../domain/imports/transitions';
import type { Collections } from '../collections';
import type { ImportDoc } from '../documents';
import { oneMoreResume } from './pauses';
import { transition } from './transition';

/** The transition to each step of the workflow. */
const STEPS = {
  planning: 'plan',
  creating: 'write',
  inviting: 'send',
  settling: 'settle',
} as const satisfies Partial<Record<ImportStatus, ImportTransitionName>>;

const ON_THEIR_WAY = Object.keys(STEPS) as ImportStatus[];

export interface ImportsPage {
  organisationId: string;
  limit: number;
  status?: ImportStatus;
  batchId?: string;
  /** Id of the last import of the page before. */
  after?: string;
}

/** The imports, one document a file. */
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

    /** Goes on to a later step; where the import is already there, or past it, nothing happens. */
    async advance(importId: string, to: keyof typeof STEPS): Promise<void> {
      await transition({ imports }, importId, STEPS[to]);
    },

    /** Approves the plan of a preview that has this hash and was planned after `plannedAfter`. Returns whether it did. */
    async approve(importId: string, planHash: string, plannedAfter: Date): Promise<boolean> {
      const where = { planHash, plannedAt: { $gt: plannedAfter } };
      return (await transition({ imports }, importId, 'approve', { where, compute: { appliedAt: '$$NOW' } })) !== null;
    },

    /** Goes on with an import that rested at `revision`, because rows of it need not wait any longer. */
    async resume(importId: string, revision: number): Promise<void> {
      await transition({ imports }, importId, 'release', { revision });
    },

    /** Those of these imports whose waiting rows can go on, and that were not woken since `wokenBefore`. */
    wakeableAmong: (importIds: string[], wokenBefore: Date): Promise<ImportDoc[]> =>
      imports
        .find({
          _id: { $in: importIds },
          status: { $in: statusesThat(mayHaveWaitingRows) },
          $or: [{ wokenAt: { $exists: false } }, { wokenAt: { $lt: wokenBefore } }],
        })
        .toArray(),

    async noteWoken(importIds: string[]): Promise<void> {
      await imports.updateMany({ _id: { $in: importIds } }, { $currentDate: { wokenAt: true } });
    },

    /** Closes the import as it was counted, unless it was revised since `revision`. Returns whether it did. */
    async close(importId: string, status: ImportStatus, revision: number): Promise<boolean> {
      const importDoc = await transition({ imports }, importId, 'close', {
        to: status,
        revision,
        // Nothing is left to be paused, unless staff have paused rows that wait.
        ...(status !== 'paused' && { unset: ['pausedBy'], compute: { resumes: oneMoreResume } }),
      });
      return importDoc !== null;
    },

    /** Opens the import again for a retry, once for each, however often the request is run. */
    async reopen(importId: string, retryId: string): Promise<void> {
      await transition({ imports }, importId, 'retry', {
        where: { retries: { $ne: retryId } },
        compute: { retries: { $concatArrays: ['$retries', [{ $literal: retryId }]] } },
      });
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
            {
              status: { $in: statusesThat((status) => isResting(status) && !isFinal(status)) },
              sweptAt: { $lt: restingSince },
            },
          ],
        },
        { $currentDate: { sweptAt: true } },
        { sort: { sweptAt: 1 } },
      );
    },
  };
}
export type Imports = ReturnType<typeof createImports>;

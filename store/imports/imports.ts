import type { ImportStatus } from '../../contract/import-status';
import type { ImportTransitionName } from '../../domain/imports/transitions';
import type { Collections } from '../collections';
import type { ImportDoc } from '../documents';
import { transition } from './transition';

/** The transition to each step of the workflow. */
const STEPS = {
  planning: 'plan',
  creating: 'write',
  inviting: 'send',
  settling: 'settle',
} as const satisfies Partial<Record<ImportStatus, ImportTransitionName>>;

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

    /** Closes the import as it was counted, unless it was revised since `revision`. Returns whether it did. */
    async close(importId: string, status: ImportStatus, revision: number): Promise<boolean> {
      const importDoc = await transition({ imports }, importId, 'close', {
        to: status,
        revision,
        // Nothing is left to be paused, unless staff have paused rows that wait.
        ...(status !== 'paused' && { unset: ['pausedBy'] }),
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
  };
}
export type Imports = ReturnType<typeof createImports>;

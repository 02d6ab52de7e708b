import { followsCounts, mayBeClosing, statusesThat } from '../../contract/import-status';
import { deriveStatus } from '../../contract/progress';
import type { Collections } from '../collections';
import type { ImportDoc } from '../documents';
import { createProgress } from '../imports/progress';
import { transition } from '../imports/transition';

const ROUNDS = 5;
/** Reports come in crowds; the workflow is told of a crowd. */
const CROWD_MS = 1_000;
const AT_ONCE = 100;

export type UntoldImport = ImportDoc & Required<Pick<ImportDoc, 'reportedAt'>> & { untoldMs: number };
type Counted = Pick<ImportDoc, '_id' | 'status' | 'revision' | 'plannedAt'>;

/** What the reports of providers mean for imports as a whole. */
export function createReportedImports({
  imports,
  rows,
  invitations,
}: Pick<Collections, 'imports' | 'rows' | 'invitations'>) {
  const progress = createProgress({ imports, rows, invitations });

  return {
    /**
     * Sees to the status of imports whose invitations have just changed. One that is at its end needs attention where one of
     * `worse` has failed since, and no more where the last doubt is gone. A workflow that has counted before the change
     * cannot close the books on it.
     */
    async recount(importIds: string[], worse: string[]): Promise<void> {
      if (importIds.length === 0) return;
      await imports.updateMany(
        { _id: { $in: importIds }, status: { $in: statusesThat(mayBeClosing) } },
        { $inc: { revision: 1 } },
      );
      let open = importIds;
      for (let round = 0; round < ROUNDS && open.length > 0; round++) open = await restate(open, worse);
    },

    /** Notes that the workflows of these imports are to be told. */
    async note(importIds: string[]): Promise<void> {
      if (importIds.length === 0) return;
      await imports.updateMany({ _id: { $in: importIds }, reportedAt: { $exists: false } }, [
        { $set: { reportedAt: '$$NOW' } },
      ]);
    },

    /** The imports whose workflow is to be told, and for how long; those first that have waited longest. */
    untold: (): Promise<UntoldImport[]> =>
      imports
        .aggregate<UntoldImport>([
          { $match: { reportedAt: { $exists: true } } },
          { $set: { untoldMs: { $subtract: ['$$NOW', '$reportedAt'] } } },
          { $match: { untoldMs: { $gte: CROWD_MS } } },
          { $sort: { reportedAt: 1 } },
          { $limit: AT_ONCE },
        ])
        .toArray(),

    /** Notes that a workflow is about to be told; what is reported from now on is to be told again. */
    async noteTold({ _id, reportedAt }: UntoldImport): Promise<void> {
      await imports.updateOne({ _id, reportedAt }, { $unset: { reportedAt: '' } });
    },

    /** Notes that it could not be told after all. */
    async noteUntold({ _id, reportedAt }: UntoldImport): Promise<void> {
      await imports.updateOne({ _id }, { $min: { reportedAt } });
    },
  };

  /** Returns those that somebody has closed or opened while they were counted. */
  async function restate(importIds: string[], worse: string[]): Promise<string[]> {
    const resting = await imports
      .find({ _id: { $in: importIds }, status: { $in: statusesThat(followsCounts) } })
      .project<Counted>({ status: 1, revision: 1, plannedAt: 1 })
      .toArray();
    const moved = await Promise.all(
      resting.map(async (importDoc) => {
        const { _id, status: before, revision } = importDoc;
        const status = deriveStatus(await progress.of(importDoc));
        if (status === before || !followsCounts(status)) return true;
        if (status === 'needs-attention' && !worse.includes(_id)) return true;
        return (await transition({ imports }, _id, 'recount', { to: status, revision })) !== null;
      }),
    );
    return resting.filter((_, i) => !moved[i]).map(({ _id }) => _id);
  }
}

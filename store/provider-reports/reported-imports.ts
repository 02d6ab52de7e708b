import { followsCounts, mayBeClosing, statusesThat } from '../../contract/import-status';
import { deriveStatus } from '../../contract/progress';
import type { Collections, ImportDoc } from '../documents';
import { createProgress } from '../imports/progress';
import { markToWake } from '../imports/outbox';
import { transition } from '../imports/transition';

const ROUNDS = 5;
const CROWD_MS = 1_000;

type Counted = Pick<ImportDoc, '_id' | 'status' | 'revision' | 'plannedAt'>;

/** The effect of provider reports on imports as a whole. */
export function createReportedImports({
  imports,
  rows,
  invitations,
}: Pick<Collections, 'imports' | 'rows' | 'invitations'>) {
  const progress = createProgress({ imports, rows, invitations });

  return {
    /**
     * Updates the status of imports whose invitations have just changed. An ended import needs attention if it is among `worse`,
     * where an invitation has bounced, and completes once no invitation needs attention. A workflow that counted before the
     * change cannot close the import on that count.
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

    /** Lets the outbox signal the workflows of these imports, a little later, so that many reports take one signal. */
    note: (importIds: string[]): Promise<void> => markToWake({ imports }, importIds, { delayMs: CROWD_MS }),
  };

  /** Returns the imports that were revised while they were counted. */
  async function restate(importIds: string[], worse: string[]): Promise<string[]> {
    const resting = await imports
      .find({ _id: { $in: importIds }, status: { $in: statusesThat(followsCounts) } })
      .project<Counted>({ status: 1, revision: 1, plannedAt: 1 })
      .toArray();
    const isDone = await Promise.all(
      resting.map(async (importDoc) => {
        const { _id, status: before, revision } = importDoc;
        const status = deriveStatus(await progress.of(importDoc));
        if (status === before || !followsCounts(status)) return true;
        if (status === 'needs-attention' && !worse.includes(_id)) return true;
        return (await transition({ imports }, _id, 'recount', { to: status, revision })) !== null;
      }),
    );
    return resting.filter((_, i) => !isDone[i]).map(({ _id }) => _id);
  }
}

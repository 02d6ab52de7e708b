import type { ImportProgress, ImportStatus, Outcomes } from '../contract/import';
import { statusOf } from '../contract/progress';
import type { ActivityDeps } from './deps';
import { FENCE_MS, startAge } from './age';
import { claimTooOld, importNotFound } from './failures';
import { withHeartbeat } from './heartbeat';
import { finishBegun } from './stage-invitations';

export interface CloseInput {
  importId: string;
  /** What the workflow has decided; without it the status follows from the counts. */
  as?: Extract<ImportStatus, 'cancelled' | 'failed' | 'completed-with-problems'>;
}

export interface ClosedBooks extends Outcomes {
  progress: ImportProgress;
}

/**
 * Closes the books of an import: counts what MongoDB holds and writes the status down. Cancelled and failed imports first end
 * all that was not begun. An import that still has something to send or to settle is not closed but reported as
 * `inviting`. All rows and invitations come back as they stand, so that the workflow's view is MongoDB's.
 */
export function createCloseImport({ store }: Pick<ActivityDeps, 'store'>) {
  return ({ importId, as }: CloseInput): Promise<ClosedBooks> =>
    withHeartbeat(async () => {
      const age = startAge();
      if (as === 'cancelled' || as === 'failed') {
        await finishBegun(store, importId);
        if (age() > FENCE_MS) throw claimTooOld();
        await store.rows.finishAllOpen(importId, 'cancelled');
        await store.ledger.endPending(importId, {}, 'cancelled');
      }
      const progress = await close(importId, as, age);
      const [rows, invitations] = await Promise.all([
        store.rows.outcomes(importId),
        store.invitations.outcomes({ importId }),
      ]);
      return { progress, rows, invitations };
    });

  async function close(importId: string, as: CloseInput['as'], age: () => number): Promise<ImportProgress> {
    for (;;) {
      const found = await store.imports.find(importId);
      if (!found) throw importNotFound(importId);
      const counted = await store.progress.of(found);
      // A process that was frozen until here knows nothing of retries that were opened since.
      if (age() > FENCE_MS) throw claimTooOld();
      const status = statusAtClosing(counted, as);
      if (status === 'inviting') return { ...counted, status };
      if (await store.imports.close(importId, status, found.revision)) return { ...counted, status };
      // The books were closed or opened by another while they were counted: they are counted again.
    }
  }
}

/** What is still to be sent, and rows that wait for their team, keep an import open whose failed invitations are given up. */
function statusAtClosing(counted: ImportProgress, as: CloseInput['as']): ImportStatus {
  const derived = statusOf(counted);
  if (derived === 'inviting' || as === undefined) return derived;
  return as === 'completed-with-problems' && counted.rows.waiting > 0 ? 'waiting' : as;
}

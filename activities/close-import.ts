import type { ImportProgress, ImportStatus, Outcomes } from '../contract/import';
import { statusOf } from '../contract/progress';
import type { ActivityDeps } from './deps';
import { finishBegun } from './begun-rows';
import { importNotFound } from './failures';
import { withHeartbeat } from './heartbeat';

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
      if (as === 'cancelled' || as === 'failed') {
        await finishBegun(store, importId);
        await store.rows.finishAllPending(importId, 'cancelled');
        await store.ledger.endPending(importId, {}, 'cancelled');
      }
      const progress = await close(importId, as);
      const [rows, invitations] = await Promise.all([
        store.rows.outcomes(importId),
        store.invitations.outcomes({ importId }),
      ]);
      return { progress, rows, invitations };
    });

  async function close(importId: string, as: CloseInput['as']): Promise<ImportProgress> {
    for (;;) {
      const found = await store.imports.find(importId);
      if (!found) throw importNotFound(importId);
      const counted = await store.progress.of(found);
      const derived = statusOf(counted);
      const status = derived === 'inviting' ? derived : (as ?? derived);
      if (status === 'inviting') return { ...counted, status };
      if (await store.imports.close(importId, status, found.revision)) return { ...counted, status };
      // The books were closed or opened by another while they were counted: they are counted again.
    }
  }
}

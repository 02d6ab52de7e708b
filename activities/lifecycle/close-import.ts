import type { Pauses, ImportProgress, ImportStatus, Outcomes } from '../../contract/import';
import { deriveStatus } from '../../contract/progress';
import type { ImportDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { Deadline } from '../../platform/deadline';
import { assertNotExpired, importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { finishBegun } from '../people/stage-invitations';

export interface CloseInput {
  importId: string;
  /** What the workflow has decided; without it the status follows from the counts. */
  as?: Extract<ImportStatus, 'cancelled' | 'failed' | 'completed-with-problems'>;
}

export interface ImportSnapshot extends Outcomes {
  progress: ImportProgress;
  /** What holds the import back from now on. */
  pauses: Pauses;
}

/**
 * Closes the books of an import: counts what MongoDB holds and writes the status down. Cancelled and failed imports first end
 * all that was not begun. An import that still has something to send or to settle is not closed but reported as
 * `inviting`. All rows and invitations come back as they stand, so that the workflow's view is MongoDB's.
 */
export function createCloseImport({ store, settings }: Pick<ActivityDeps, 'store' | 'settings'>) {
  return ({ importId, as }: CloseInput): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const deadline = new Deadline(settings.stepFenceMs);
      if (as === 'cancelled' || as === 'failed') {
        await finishBegun(store, importId);
        assertNotExpired(deadline);
        await store.rows.finishAllOpen(importId, 'cancelled');
        await store.ledger.endPending(importId, {}, 'cancelled');
      }
      const progress = await close(importId, as, deadline);
      const [rows, invitations, pauses] = await Promise.all([
        store.rows.outcomes(importId),
        store.invitations.outcomes({ importId }),
        store.pauses.find(importId),
      ]);
      return { progress, rows, invitations, pauses };
    });

  async function close(importId: string, as: CloseInput['as'], deadline: Deadline): Promise<ImportProgress> {
    for (;;) {
      const importDoc = await store.imports.find(importId);
      if (!importDoc) throw importNotFound(importId);
      const counted = await store.progress.of(importDoc);
      // A process that was frozen until here knows nothing of retries that were opened since.
      assertNotExpired(deadline);
      const status = statusAtClosing(counted, as, importDoc);
      if (status === 'inviting') return { ...counted, status };
      if (await store.imports.close(importId, status, importDoc.revision)) return { ...counted, status };
      // The books were closed or opened by another while they were counted: they are counted again.
    }
  }
}

/**
 * What is still to be sent, and rows that wait for their team, keep an import open whose failed invitations are given up.
 * Where staff hold it back, rows that wait go on no sooner than it is resumed.
 */
function statusAtClosing(counted: ImportProgress, as: CloseInput['as'], { pausedBy }: ImportDoc): ImportStatus {
  const derived = deriveStatus(counted);
  if (derived === 'inviting') return derived;
  const isEnded = as === 'cancelled' || as === 'failed';
  if (!isEnded && counted.rows.waiting > 0) {
    if (pausedBy?.staff) return 'paused';
    if (as !== undefined) return 'waiting';
  }
  return as ?? derived;
}

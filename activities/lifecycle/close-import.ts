import type { ImportProgress } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import { deriveStatus } from '../../contract/progress';
import { countSnapshot } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import { Deadline } from '../../platform/deadline';
import type { ImportDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { assertNotExpired, importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { finishWrittenRows } from '../people/stage-invitations';
import { takeSnapshot } from '../take-snapshot';

export interface CloseInput {
  importId: string;
  /** What the workflow has decided; without it the status follows from the counts. */
  as?: Extract<ImportStatus, 'cancelled' | 'failed' | 'completed-with-problems'>;
}

/**
 * Closes an import: counts what MongoDB holds and writes the status that follows. Cancelled and failed imports first end all
 * that was not begun. An import that still has something to send or to settle stays as it is. Returns it as it stands then.
 */
export function createCloseImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;

  return ({ importId, as }: CloseInput): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const deadline = new Deadline(settings.stepFenceMs);
      if (as === 'cancelled' || as === 'failed') {
        await finishWrittenRows(store, importId);
        assertNotExpired(deadline);
        await store.rows.finishAllOpen(importId, 'cancelled');
        await store.ledger.endPending(importId, {}, 'cancelled');
      }
      await close(importId, as, deadline);
      return takeSnapshot(deps, importId);
    });

  async function close(importId: string, as: CloseInput['as'], deadline: Deadline): Promise<void> {
    for (;;) {
      const stored = await store.snapshots.find(importId);
      if (!stored) throw importNotFound(importId);
      const { importDoc, snapshot } = stored;
      const status = statusAtClosing(countSnapshot(importId, snapshot.status, snapshot), as, importDoc);
      // A process that was frozen until here knows nothing of retries that were opened since.
      assertNotExpired(deadline);
      if (status === 'inviting' || (await store.imports.close(importId, status, importDoc.revision))) return;
      // Another process closed or opened the import while its counts were taken: count again.
    }
  }
}

/**
 * What is still to be sent, and rows that wait for their team, keep an import open whose failed invitations are given up.
 * While staff pause the import, its waiting rows go on no sooner than it is resumed.
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

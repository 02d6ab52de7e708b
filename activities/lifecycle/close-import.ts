import type { ImportProgress } from '../../contract/import';
import { isFinal, isUndone } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import { deriveStatus } from '../../contract/progress';
import { countSnapshot } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import { Deadline } from '../../platform/deadline';
import type { ImportDoc } from '../../store/documents';
import { withImport } from '../../store/imports/snapshots';
import type { StoredSnapshot } from '../../store/imports/snapshots';
import type { ActivityDeps } from '../deps';
import { assertNotExpired } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { finishWrittenRows } from '../people/stage-invitations';
import { followUp } from '../sending/follow-up';
import { findStored, toSnapshot } from '../take-snapshot';
import { createCancellationRecorder } from '../commands/record-command';

export interface CloseInput {
  importId: string;
  /** The status to close with; by default it follows from the counts. */
  as?: Extract<ImportStatus, 'cancelled' | 'failed' | 'completed-with-problems'>;
}

/**
 * Closes an import with the status that follows from its counts in MongoDB. Cancelled and failed imports first end all rows
 * and invitations that were not begun. An import with something to send or to settle stays open. Returns its snapshot.
 */
export function createCloseImport(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store, settings } = deps;
  const close = createCloser(deps);
  const recordCancellation = createCancellationRecorder(deps);

  return ({ importId, as }: CloseInput): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      if (as === 'cancelled' || as === 'failed') await endOpen(importId, as);
      // Of a large file that may have taken long. It is counted anew, and only what is counted has to be closed soon.
      const counting = new Deadline(settings.stepFenceMs);
      const { stored } = await close(await findStored(deps, importId), counting, as);
      return toSnapshot(stored, settings);
    });

  /**
   * Ends all that was not begun. Behind the fence another step may have closed the import, and a retry have opened it again: then it is
   * not as this step has found it any more, and what is open in it is to be sent.
   */
  async function endOpen(importId: string, as: 'cancelled' | 'failed'): Promise<void> {
    const deadline = new Deadline(settings.stepFenceMs);
    const found = await store.imports.find(importId);
    const assertAsFound = async (): Promise<void> => {
      if (!deadline.expired()) return;
      const now = await store.imports.find(importId);
      if (now?.revision !== found?.revision) assertNotExpired(deadline);
    };
    if (as === 'cancelled') await recordCancellation(importId);
    await finishWrittenRows(store, importId);
    assertNotExpired(deadline);
    await store.rows.finishAllOpen(importId, 'cancelled');
    // A step that was overtaken may have created some since those who were written were looked for.
    await store.latePeople.remove(importId, [...(await store.people.writtenBy(importId))]);
    await assertAsFound();
    await store.ledger.endPending(importId, {}, 'cancelled');
    await assertAsFound();
  }
}

/**
 * Closes an import as it was counted, unless something is left to do or it has ended. Counts again what has changed since. Does what
 * follows from the outcomes first: a report may have come when all steps that look for that had looked.
 */
export function createCloser(deps: Pick<ActivityDeps, 'store' | 'now'>) {
  const { store } = deps;
  return async (
    counted: StoredSnapshot,
    deadline: Deadline,
    as?: CloseInput['as'],
  ): Promise<{ stored: StoredSnapshot; isClosed: boolean }> => {
    let stored = counted;
    for (;;) {
      const { importDoc, snapshot } = stored;
      const { _id: importId, revision } = importDoc;
      // This run began too late: a change that opens an ended import changes its status first.
      if ((as === undefined && isFinal(importDoc.status)) || isUndone(importDoc.status))
        return { stored, isClosed: false };
      const status = statusAtClosing(countSnapshot(importId, snapshot.status, snapshot), as, importDoc);
      // A process that was frozen until here would overlook retries that were opened since.
      assertNotExpired(deadline);
      if (status === 'inviting') return { stored, isClosed: false };
      if (as === undefined && (await followUp(deps, importDoc, snapshot))) {
        stored = await findStored(deps, importId);
        continue;
      }
      const closed = importDoc.undo
        ? await store.imports.closeToUndo(importId, revision)
        : await store.imports.close(importId, status, revision);
      if (closed) return { stored: withImport(stored, closed), isClosed: true };
      // Another process changed the import while it was counted.
      stored = await findStored(deps, importId);
    }
  };
}

/**
 * Unsent invitations and waiting rows keep an import open even if its failed invitations are given up. While staff pause
 * the import, its waiting rows wait for the resumption, too.
 */
function statusAtClosing(counted: ImportProgress, as: CloseInput['as'], { pausedBy }: ImportDoc): ImportStatus {
  const derived = deriveStatus(counted);
  if (derived === 'inviting') return derived;
  const isAborted = as === 'cancelled' || as === 'failed';
  if (!isAborted && counted.rows.waiting > 0) {
    if (pausedBy?.staff) return 'paused';
    if (as !== undefined) return 'waiting';
  }
  return as ?? derived;
}

import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';

/** How long one step goes on with it, in milliseconds; the next step takes what is left. */
const GO_ON_FOR_MS = 30_000;

/**
 * Undoes an import whose undo an administrator has asked for, some lines at a time. Interrupted, it goes on with the lines that are
 * left. Idempotent. Throws `ImportNotFound`.
 */
export function createUndoImport(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { undo } = deps.store;

  return ({ importId }: { importId: string }): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const before = await takeSnapshot(deps, importId);
      if (before.status !== 'undoing') return before;
      const until = Date.now() + GO_ON_FOR_MS;
      let mayBeMore = true;
      while (mayBeMore && Date.now() < until) mayBeMore = await undo.next(importId);
      if (!mayBeMore) await undo.end(importId);
      return takeSnapshot(deps, importId);
    });
}

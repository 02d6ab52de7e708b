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
      if (await undoLines(importId)) await undo.end(importId);
      return takeSnapshot(deps, importId);
    });

  /** Returns whether no line is left. Those behind are looked at once more: a step that was late may have added one. */
  async function undoLines(importId: string): Promise<boolean> {
    const until = Date.now() + GO_ON_FOR_MS;
    for (let after = 0; Date.now() < until;) {
      const last = await undo.next(importId, after);
      if (last === null && after === 0) return true;
      after = last ?? 0;
    }
    return false;
  }
}

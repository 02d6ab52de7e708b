import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';

/** Ends all pauses of an import, by staff and by a provider's refusal. */
export function createResumeImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  return ({ importId }: { importId: string }): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      await deps.store.pauses.resume(importId);
      return takeSnapshot(deps, importId);
    });
}

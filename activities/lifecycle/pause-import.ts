import { setTimeout as pause } from 'node:timers/promises';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { nothingToPause } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';

const LOOK_EVERY_MS = 50;
/** The database's clock is cut to milliseconds, and its claim is younger than the sender's own measure of it. */
const CLOCK_GRAIN_MS = 100;

interface PauseInput {
  importId: string;
  /** Whether the pause is for good, because the import is to be cancelled. */
  cancels?: boolean;
}

/**
 * Pauses all sends of an import. It returns only when no request can begin any more: a claim from before the pause may not have
 * seen it, and by then is sent or too old to be sent. Throws `NothingToPause` for an import at its end.
 */
export function createPauseImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;

  return ({ importId, cancels = false }: PauseInput): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      if (!(await store.pauses.pause(importId, 'staff', cancels ? { cancels } : {}))) throw nothingToPause();
      const lastBegin = settings.fenceMs + CLOCK_GRAIN_MS;
      while (await store.ledger.mayBegin(importId, lastBegin)) await pause(LOOK_EVERY_MS);
      return takeSnapshot(deps, importId);
    });
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { nothingToPause } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';

const CHECK_EVERY_MS = 50;
/** The database cuts its clock to milliseconds, and stamps a claim later than the sender starts to measure it. */
const CLOCK_GRAIN_MS = 100;

interface PauseInput {
  importId: string;
  /** Whether the import is to be cancelled, so that it cannot be resumed. */
  cancels?: boolean;
}

/**
 * Pauses all sends of an import. Returns once no request can begin: a claim from before the pause may not have seen it, so
 * the step waits until such claims are sent or too old to be sent. Throws `NothingToPause` for an import that has ended.
 */
export function createPauseImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;

  return ({ importId, cancels = false }: PauseInput): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      if (!(await store.pauses.pause(importId, 'staff', cancels ? { cancels } : {}))) throw nothingToPause();
      const lastBegin = settings.fenceMs + CLOCK_GRAIN_MS;
      while (await store.ledger.mayBegin(importId, lastBegin)) await sleep(CHECK_EVERY_MS);
      return takeSnapshot(deps, importId);
    });
}

/** Resumes an import, whether staff or a provider's rejection paused it. */
export function createResumeImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  return ({ importId }: { importId: string }): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      await deps.store.pauses.resume(importId);
      return takeSnapshot(deps, importId);
    });
}

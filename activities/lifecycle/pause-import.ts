import { setTimeout as pause } from 'node:timers/promises';
import type { Pauses } from '../../contract/import';
import type { ActivityDeps } from '../deps';
import { nothingToPause } from '../failures';
import { withHeartbeat } from '../heartbeat';

const LOOK_EVERY_MS = 50;
/** The database's clock is cut to milliseconds, and its claim is younger than the sender's own measure of it. */
const CLOCK_GRAIN_MS = 100;

export interface PauseInput {
  importId: string;
  /** Whether it is held back for good, because it is to be cancelled. */
  cancels?: boolean;
}

/**
 * Holds all sends of an import back. It returns only when no request can begin any more: whoever has claimed something
 * before the hold was written down may not have looked at it, and has sent it, or is too old to send it, by then.
 * Throws `NothingToHold` for an import that is at its end.
 */
export function createPauseImport({ store, settings }: Pick<ActivityDeps, 'store' | 'settings'>) {
  return ({ importId, cancels = false }: PauseInput): Promise<Pauses> =>
    withHeartbeat(async () => {
      const pauses = await store.pauses.pause(importId, 'staff', cancels ? { cancels } : {});
      if (!pauses) throw nothingToPause();
      const lastBegin = settings.fenceMs + CLOCK_GRAIN_MS;
      while (await store.ledger.mayBegin(importId, lastBegin)) await pause(LOOK_EVERY_MS);
      return pauses;
    });
}

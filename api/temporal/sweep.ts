import type { Logger } from '../../platform/logger';
import type { Store } from '../../store/index';
import type { ImportService } from './import-service';
import { tellOverlooked } from './tell-stirred';
import { tellReported } from './tell-reported';
import { wakeOverlooked } from './wake-waiting';

const EVERY_MS = 2_000;
/** Younger ones are still being started by the request that stored them. */
const QUEUED_FOR_MS = 4_000;
/** One on its way has a workflow, unless somebody terminated it; starting it where it runs does nothing. */
const ACTIVE_FOR_MS = 30_000;
/** So has one that waits for a team, for its approval or for a retry; there may be many, and nothing is urgent. */
const RESTING_FOR_MS = 10 * 60_000;
/** An upload whose request died before its import was written down belongs to nobody. */
const ORPHANED_FOR_MS = 60 * 60_000;
const ORPHANS_EVERY_MS = 10 * 60_000;
const AT_ONCE = 100;

/**
 * Makes up for what a crash between two writes left: imports without a running workflow get one, rows whose team is ready
 * go on, and uploads without an import are removed. Several processes may sweep at once; each of its steps is safe to repeat.
 */
export function startSweep(store: Store, service: ImportService, log: Logger): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  let orphansAt = 0;

  const sweep = async (): Promise<void> => {
    const now = Date.now();
    for (let taken = 0; taken < AT_ONCE && !stopped; taken++) {
      const importDoc = await store.imports.takeUnattended(
        new Date(now - QUEUED_FOR_MS),
        new Date(now - ACTIVE_FOR_MS),
        new Date(now - RESTING_FOR_MS),
      );
      if (!importDoc) break;
      await service.start(importDoc);
    }
    await tellOverlooked({ store, service, log });
    await wakeOverlooked({ store, service, log });
    await tellReported({ store, service });
    if (now < orphansAt) return;
    orphansAt = now + ORPHANS_EVERY_MS;
    await removeOrphans(store.uploads, new Date(now - ORPHANED_FOR_MS));
  };

  const loop = async (): Promise<void> => {
    await sweep().catch((error: unknown) => log.warn({ error: String(error) }, 'the sweep will try again'));
    if (stopped) return;
    timer = setTimeout(() => {
      running = loop();
    }, EVERY_MS);
  };
  let running = loop();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Removes uploads that were begun before `before` and never became an import. */
export async function removeOrphans(uploads: Store['uploads'], before: Date): Promise<void> {
  await uploads.discard(await uploads.orphans(before, AT_ONCE));
}

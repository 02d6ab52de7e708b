import type { Logger } from '../../platform/logger';
import { repeat } from '../../platform/repeat';
import type { Repeating } from '../../platform/repeat';
import type { Store } from '../../store/index';

/** No upload takes this long, so its request has died. In milliseconds. */
const ORPHANED_FOR_MS = 60 * 60_000;
const EVERY_MS = 10 * 60_000;
const BATCH_SIZE = 100;

/** Several processes may run this at the same time. */
export const startRemovingOrphans = (uploads: Store['uploads'], log: Logger): Repeating =>
  repeat(
    () => removeOrphans(uploads, new Date(Date.now() - ORPHANED_FOR_MS)),
    EVERY_MS,
    log,
    'the removal of unused uploads',
  );

/** Removes uploads from before `before` that have no import. */
export async function removeOrphans(uploads: Store['uploads'], before: Date): Promise<void> {
  await uploads.discard(await uploads.orphans(before, BATCH_SIZE));
}

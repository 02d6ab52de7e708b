import type { Logger } from '../../platform/logger';
import { repeat } from '../../platform/repeat';
import type { Repeating } from '../../platform/repeat';
import type { Store } from '../../store/index';

/** No upload takes this long, in milliseconds: the request that began it has died. */
const ORPHANED_FOR_MS = 60 * 60_000;
const EVERY_MS = 10 * 60_000;
const AT_ONCE = 100;

/** Removes uploads that never became imports. Several processes may do so at once. */
export const startRemovingOrphans = (uploads: Store['uploads'], log: Logger): Repeating =>
  repeat(
    () => removeOrphans(uploads, new Date(Date.now() - ORPHANED_FOR_MS)),
    EVERY_MS,
    log,
    'the removal of unused uploads',
  );

/** Removes uploads that were begun before `before` and never became an import. */
export async function removeOrphans(uploads: Store['uploads'], before: Date): Promise<void> {
  await uploads.discard(await uploads.orphans(before, AT_ONCE));
}

import { setTimeout as pause } from 'node:timers/promises';
import type { ImportService } from '../temporal/import-service';

/** How long an accepted command is waited for to be in effect, in milliseconds. */
const EFFECT_MS = 6_000;
/** After so long without an answer Temporal counts as away. In milliseconds. */
export const AWAY_AFTER_MS = 300;

const LOOK_EVERY_MS = 50;

/**
 * Looks until `isThere`, but not for longer than `forMs`, and not once there is no hope. Resolves to whether it came to be.
 */
export async function waitFor(
  isThere: () => Promise<boolean>,
  forMs: number,
  isHopeless: () => boolean = () => false,
): Promise<boolean> {
  const until = Date.now() + forMs;
  for (;;) {
    if (await isThere()) return true;
    if (Date.now() + LOOK_EVERY_MS > until || isHopeless()) return false;
    await pause(LOOK_EVERY_MS);
  }
}

/**
 * Waits for an accepted command to be in effect. The command stands in MongoDB, so nobody waits for a Temporal that is away: the outbox
 * signals the workflow once it is back.
 */
export function waitForEffect(
  isThere: () => Promise<boolean>,
  { silentMs }: Pick<ImportService, 'silentMs'>,
  forMs = EFFECT_MS,
): Promise<boolean> {
  const since = performance.now();
  // The first look back may be at a silence that is over: it gets the time of a call.
  const isAway = (): boolean => performance.now() - since >= AWAY_AFTER_MS && silentMs() >= AWAY_AFTER_MS;
  return waitFor(isThere, forMs, isAway);
}

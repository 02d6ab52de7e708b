import { setTimeout as pause } from 'node:timers/promises';

/** How long an accepted command is waited for to be in effect, in milliseconds. */
export const EFFECT_MS = 6_000;

const LOOK_EVERY_MS = 50;

/** Looks until `isThere`, but not for longer than `forMs`. Resolves to whether it came to be. */
export async function waitFor(isThere: () => Promise<boolean>, forMs: number): Promise<boolean> {
  const until = Date.now() + forMs;
  for (;;) {
    if (await isThere()) return true;
    if (Date.now() + LOOK_EVERY_MS > until) return false;
    await pause(LOOK_EVERY_MS);
  }
}

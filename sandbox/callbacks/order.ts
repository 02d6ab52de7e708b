import type { MessageOutcome } from '../outcomes/plan';
import { pause } from '../http/pause';

/** Usually after the answer to the request that sent the message, as with the real ones; nothing should lean on it. */
const FIRST_AFTER_MS = 50;
const STEP_MS = 20;

/** The callbacks in the order in which they are posted: as often, and as much out of order, as the outcome says. */
export function callbackOrder<T>(steps: readonly T[], { copies = 1, shuffled = false }: MessageOutcome): T[] {
  if (!shuffled) return steps.flatMap((step) => Array<T>(copies).fill(step));
  return Array<T[]>(copies).fill(steps.toReversed()).flat();
}

/** Posts one callback after another; none waits for the retries of the one before. */
export async function postInOrder<T>(
  steps: readonly T[],
  delayMs: number,
  post: (step: T) => Promise<void>,
): Promise<void> {
  await pause(FIRST_AFTER_MS + delayMs);
  for (const step of steps) {
    await post(step);
    await pause(STEP_MS);
  }
}

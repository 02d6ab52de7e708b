import { setTimeout as delay } from 'node:timers/promises';
import type { MessageOutcome } from '../outcomes/plan';

/** Usually after the answer to the request that sent the message, as with the real providers; no receiver may rely on it. */
const FIRST_AFTER_MS = 50;
const STEP_MS = 20;

/** The callbacks in the order in which they are posted, with the copies and the disorder that the outcome asks for. */
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
  await delay(FIRST_AFTER_MS + delayMs, undefined, { ref: false });
  for (const step of steps) {
    await post(step);
    await delay(STEP_MS, undefined, { ref: false });
  }
}

import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 250;

/**
 * Writes down what only this process knows. Elsewhere a failed write fails the step and Temporal runs it again; here that
 * would forget what a provider has answered, so the write is repeated for up to `forMs` before its error counts.
 */
export async function retryWrite(write: () => Promise<void>, forMs: number): Promise<void> {
  const deadline = performance.now() + forMs;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(PAUSE_MS);
    }
  }
}

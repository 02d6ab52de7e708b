import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/** Waits for the first value that `accept` takes. Throws with the last value seen, or the last error. */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
  accept: (value: T) => boolean,
  timeoutMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown = 'nothing yet';
  for (;;) {
    try {
      const value = await look();
      if (accept(value)) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}; last seen: ${describe(last)}`);
    await pause(POLL_MS);
  }
}

const describe = (value: unknown): string => (value instanceof Error ? String(value) : JSON.stringify(value));

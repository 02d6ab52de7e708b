import type { CallbackEntry } from './log';
import { createLane } from './lane';
import type { Lane } from './lane';

/** At once to one receiver. */
const MOST_AT_ONCE = 8;
const ATTEMPT_MS = 10_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
/** Longer than any outage that is tried out. */
const GIVE_UP_MS = 300_000;

export interface CallbackPost {
  url: string;
  entries: readonly CallbackEntry[];
  /** Called for each attempt, so that what is signed with the time is signed with the right one. */
  sign: () => { headers: Record<string, string>; body: string };
}

/**
 * Posts callbacks: at least once, and again while the receiver is away or answers with a 5xx, 408 or 429. Twilio itself
 * is less patient. What is under way when the process ends is lost.
 */
export interface CallbackDelivery {
  /** Resolves after the first attempt, whatever came of it; further ones go on by themselves. */
  post(parcel: CallbackPost): Promise<void>;
  close(): void;
}

export function createCallbackDelivery(): CallbackDelivery {
  const lanes = new Map<string, Lane>();
  const closing = new AbortController();

  async function deliver(parcel: CallbackPost, since: number, pauseMs: number): Promise<void> {
    const { url, entries, sign: pack } = parcel;
    const { origin } = new URL(url);
    const lane = lanes.get(origin) ?? createLane(MOST_AT_ONCE);
    lanes.set(origin, lane);
    const status = await lane(() => attempt(url, pack(), closing.signal));
    const again = isWorthRetrying(status) && performance.now() - since < GIVE_UP_MS && !closing.signal.aborted;
    for (const entry of entries) {
      entry.attempts++;
      Object.assign(entry, { status, done: !again });
    }
    if (!again) return;
    const next = Math.min(pauseMs * 2, LONGEST_RETRY_MS);
    // Unreferenced: nobody stays up for a callback.
    setTimeout(() => void deliver(parcel, since, next), pauseMs).unref();
  }

  return {
    post: (parcel) => deliver(parcel, performance.now(), FIRST_RETRY_MS),
    close: () => closing.abort(),
  };
}

/** The status of the answer, or `null` if none came. */
async function attempt(
  url: string,
  request: ReturnType<CallbackPost['sign']>,
  closing: AbortSignal,
): Promise<number | null> {
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(ATTEMPT_MS)]);
    const response = await fetch(url, { method: 'POST', ...request, redirect: 'manual', signal });
    // The connection is free for the next callback only when the answer has been read.
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

const isWorthRetrying = (status: number | null): boolean =>
  status === null || status >= 500 || status === 408 || status === 429;

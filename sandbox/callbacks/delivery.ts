import pLimit from 'p-limit';
import type { CallbackEntry } from './log';

const MAX_CONCURRENT_PER_RECEIVER = 8;
const ATTEMPT_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 5_000;
/** Longer than any outage that is rehearsed. */
const GIVE_UP_MS = 300_000;

export interface CallbackPost {
  url: string;
  entries: readonly CallbackEntry[];
  /** Called for each attempt, because a signature may cover the time of posting. */
  sign: () => { headers: Record<string, string>; body: string };
}

/**
 * Posts callbacks at least once: it retries while the receiver is away or answers with a 5xx, 408 or 429, for five
 * minutes. Twilio itself is less patient. Callbacks that are not through when the process ends are lost.
 */
export interface CallbackDelivery {
  /** Resolves after the first attempt, successful or not; retries go on by themselves. */
  post(post: CallbackPost): Promise<void>;
  close(): void;
}

export function createCallbackDelivery(): CallbackDelivery {
  const limits = new Map<string, pLimit.Limit>();
  const closing = new AbortController();

  async function deliver(post: CallbackPost, since: number, retryMs: number): Promise<void> {
    const { url, entries, sign } = post;
    const { origin } = new URL(url);
    const limit = limits.get(origin) ?? pLimit(MAX_CONCURRENT_PER_RECEIVER);
    limits.set(origin, limit);
    const status = await limit(() => attempt(url, sign(), closing.signal));
    const retries = isWorthRetrying(status) && performance.now() - since < GIVE_UP_MS && !closing.signal.aborted;
    for (const entry of entries) {
      entry.attempts++;
      Object.assign(entry, { status, done: !retries });
    }
    if (!retries) return;
    // Unreferenced: a callback keeps no process alive.
    setTimeout(() => void deliver(post, since, Math.min(retryMs * 2, MAX_RETRY_MS)), retryMs).unref();
  }

  return {
    post: (post) => deliver(post, performance.now(), FIRST_RETRY_MS),
    close: () => closing.abort(),
  };
}

/** The status of the answer, or `null` without one. */
async function attempt(
  url: string,
  request: ReturnType<CallbackPost['sign']>,
  closing: AbortSignal,
): Promise<number | null> {
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]);
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

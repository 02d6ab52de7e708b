import type { RateLimits, SharedLimit, Taken } from '../../store/rate-limits';

export interface CounterSettings extends SharedLimit {
  /**
   * Points that a process takes of the shared count at a time, and those that it gives out in a window before it asks at all: so an
   * ordinary caller costs no command, and several processes exceed the limit by no more than this each. 0 to ask for each call.
   */
  block: number;
}

export interface Count {
  isOver: boolean;
  /** Of all processes, as far as this one knows; above the limit if this call was. */
  used: number;
  /** When the window ends, in milliseconds. */
  resetAt: number;
}

/** Counts calls by a key against a limit that several processes share. */
export interface Counter {
  limit: number;
  /** Counts a call of this cost unless it is over the limit. */
  hit(key: string, cost?: number): Promise<Count>;
  /** Takes back a call that was counted. */
  refund(key: string, cost?: number): void;
  /** The count of a key that is used up, without counting; `undefined` for any other. */
  usedUp(key: string): Count | undefined;
}

interface Window {
  endsAt: number;
  /** Points given out here. */
  spent: number;
  /** Points taken of the shared count here; `undefined` before it was asked. */
  paid?: number;
  /** Of all processes, as the last answer said. */
  total: number;
  isUsedUp: boolean;
  asking?: Promise<void> | undefined;
}

/** Half of the keys that are remembered, in some 2 MB: network addresses have no end. */
const MAX_KEYS = 5000;

export function createCounter(
  { name, limit, windowMs, block }: CounterSettings,
  rateLimits: RateLimits,
  now: () => number = Date.now,
): Counter {
  const take = rateLimits.open({ name, limit, windowMs });
  let [windows, older] = [new Map<string, Window>(), new Map<string, Window>()];

  function find(key: string): Window | undefined {
    const known = windows.get(key) ?? older.get(key);
    return known && now() < known.endsAt ? known : undefined;
  }

  function windowOf(key: string): Window {
    const known = find(key) ?? { endsAt: now() + windowMs, spent: 0, total: 0, isUsedUp: false };
    if (windows.size >= MAX_KEYS) [windows, older] = [new Map<string, Window>(), windows];
    windows.set(key, known);
    return known;
  }

  async function ask(window: Window, key: string, cost: number): Promise<void> {
    const paid = window.paid ?? 0;
    const points = window.spent + cost + block - paid;
    const { total, resetMs } = await take(key, points).catch(
      // Without the shared count each process keeps the limit for itself.
      (): Taken => ({ total: paid + points, resetMs: window.endsAt - now() }),
    );
    const over = Math.max(0, total - limit);
    window.paid = paid + Math.max(0, points - over);
    window.total = total;
    window.isUsedUp = over > 0;
    window.endsAt = now() + resetMs;
  }

  const countOf = ({ spent, paid = spent, total, endsAt }: Window): Count => ({
    isOver: false,
    // What was taken and not given out is left, and what was asked for beyond the limit was not given.
    used: Math.max(spent, Math.min(total, limit) - Math.max(0, paid - spent)),
    resetAt: endsAt,
  });
  const overOf = ({ endsAt }: Window): Count => ({ isOver: true, used: limit + 1, resetAt: endsAt });

  return {
    limit,
    async hit(key, cost = 1) {
      for (;;) {
        const window = windowOf(key);
        if (window.spent + cost <= (window.paid ?? Math.min(block, limit))) {
          window.spent += cost;
          return countOf(window);
        }
        if (window.isUsedUp) return overOf(window);
        // One question at a time; the others look again at its answer.
        window.asking ??= ask(window, key, cost).finally(() => (window.asking = undefined));
        await window.asking;
      }
    },
    refund(key, cost = 1) {
      const window = find(key);
      if (window) window.spent = Math.max(0, window.spent - cost);
    },
    usedUp(key) {
      const window = find(key);
      return window?.isUsedUp && window.spent >= (window.paid ?? 0) ? overOf(window) : undefined;
    },
  };
}

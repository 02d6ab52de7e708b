/** Longest wait for more slots once one is free, in milliseconds: what becomes free meanwhile is claimed together. */
const GATHER_MS = 20;

/** The requests to one provider that a worker may have in flight at once, all files together. */
export interface RequestSlots {
  /**
   * Takes up to `wanted` slots, in the order of the calls. Waits until half of all slots are free, or as many as wanted, or
   * for a moment from the first free one: each group costs a claim. Resolves with their number; 0 if it was aborted.
   */
  take(wanted: number, signal: AbortSignal): Promise<number>;
  giveBack(count: number): void;
}

interface Waiting {
  wanted: number;
  resolve: (count: number) => void;
}

/**
 * `atFirst` of the `total` slots can be taken at once; each that is given back adds another, as TCP starts slowly. A new process is
 * slow to begin requests, and what it has claimed meanwhile would be in doubt if it were killed.
 */
export function createRequestSlots(total: number, atFirst = total): RequestSlots {
  const waiting: Waiting[] = [];
  let opened = atFirst;
  let free = atFirst;
  let gathering: NodeJS.Timeout | undefined;

  function grant(): void {
    const group = Math.ceil(opened / 2);
    while (waiting.length > 0 && free >= Math.min(waiting[0]!.wanted, group)) grantFirst();
    if (waiting.length > 0 && free > 0) gathering ??= setTimeout(grantFirst, GATHER_MS);
  }

  function grantFirst(): void {
    clearTimeout(gathering);
    gathering = undefined;
    const first = waiting.shift();
    if (!first) return;
    const count = Math.min(first.wanted, free);
    free -= count;
    first.resolve(count);
  }

  return {
    take: (wanted, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(0);
        const entry: Waiting = {
          wanted,
          resolve(count) {
            signal.removeEventListener('abort', leave);
            resolve(count);
          },
        };
        const leave = (): void => {
          waiting.splice(waiting.indexOf(entry), 1);
          resolve(0);
          grant();
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(entry);
        grant();
      }),

    giveBack(count) {
      const more = Math.min(count, total - opened);
      opened += more;
      free += count + more;
      grant();
    },
  };
}

/** Longest wait for files that go first, in milliseconds, so that many of them slow the others down but never stop them. */
const LONGEST_WAIT_MS = 1_000;

/** Lets some files of a worker go first: the others begin nothing new meanwhile. */
export interface Precedence {
  goFirst: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves once no file goes first, or after the longest wait. */
  giveWay: () => Promise<void>;
}

export function createPrecedence(longestWaitMs = LONGEST_WAIT_MS): Precedence {
  const waiting = new Set<() => void>();
  let running = 0;

  return {
    async goFirst(work) {
      running++;
      try {
        return await work();
      } finally {
        if (--running === 0) waiting.forEach((goOn) => goOn());
      }
    },

    giveWay: () =>
      new Promise((resolve) => {
        if (running === 0) return resolve();
        const goOn = (): void => {
          clearTimeout(timer);
          waiting.delete(goOn);
          resolve();
        };
        const timer = setTimeout(goOn, longestWaitMs);
        waiting.add(goOn);
      }),
  };
}

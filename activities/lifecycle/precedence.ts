/** Longest wait of a step for files that go first, beyond the time that it has worked itself. In milliseconds. */
const PATIENCE_MS = 1_000;

/** Lets some files of a worker go first: the others begin nothing new meanwhile. */
export interface Precedence {
  goFirst: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * Of one step that gives way, from now on. The function that it returns resolves once no file goes first, or once the step has waited
   * for as long as it has worked and for one second more: so it keeps half of its time, however many go first.
   */
  giveWay: () => () => Promise<void>;
}

export function createPrecedence(
  patienceMs = PATIENCE_MS,
  now: () => number = performance.now.bind(performance),
): Precedence {
  const waiting = new Set<() => void>();
  let running = 0;

  const untilNoneGoesFirst = (longestMs: number): Promise<void> =>
    new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        waiting.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, longestMs);
      waiting.add(goOn);
    });

  return {
    async goFirst(work) {
      running++;
      try {
        return await work();
      } finally {
        if (--running === 0) waiting.forEach((goOn) => goOn());
      }
    },

    giveWay() {
      const begunAt = now();
      let waitedMs = 0;
      return async () => {
        if (running === 0) return;
        const from = now();
        const leftMs = patienceMs + (from - begunAt - waitedMs) - waitedMs;
        if (leftMs <= 0) return;
        await untilNoneGoesFirst(leftMs);
        waitedMs += now() - from;
      };
    },
  };
}

/** Carries out work in turns of the organisations. */
export type FairTurns = <T>(organisation: string, work: () => Promise<T>) => Promise<T>;

/**
 * Carries out at most so many pieces of work at once, and takes the organisations in turns: one that brings two hundred keeps another
 * waiting for those under way alone. Nothing is refused.
 */
export function createFairTurns(atOnce: number): FairTurns {
  /** What waits, by organisation; the first has the next turn. */
  const waiting = new Map<string, (() => void)[]>();
  let running = 0;

  function beginNext(): void {
    const [first] = waiting;
    if (!first || running >= atOnce) return;
    const [organisation, [begin, ...others]] = first;
    waiting.delete(organisation);
    if (others.length > 0) waiting.set(organisation, others);
    running++;
    begin!();
  }

  return async (organisation, work) => {
    await new Promise<void>((resolve) => {
      const before = waiting.get(organisation);
      if (before) before.push(resolve);
      else waiting.set(organisation, [resolve]);
      beginNext();
    });
    try {
      return await work();
    } finally {
      running--;
      beginNext();
    }
  };
}

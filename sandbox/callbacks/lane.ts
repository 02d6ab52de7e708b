/** Runs work, so much of it at a time and the rest in the order in which it came. */
export type Lane = <T>(work: () => Promise<T>) => Promise<T>;

export function createLane(width: number): Lane {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (busy < width) busy++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy--;
    }
  };
}

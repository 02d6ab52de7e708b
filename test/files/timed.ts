export interface Timed<T> {
  result: T;
  elapsedMs: number;
  /** By the clock of the processor: what this process has worked meanwhile, whatever else the machine was doing. */
  workedMs: number;
}

/** Does something and tells how long it took. On a busy machine the shorter of the two times is the truer one. */
export async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, elapsedMs: performance.now() - start, workedMs: (user + system) / 1000 };
}

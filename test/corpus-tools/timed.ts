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
  return { result, elapsedMs: performance.now() - start, workedMs: workedSince(before) };
}

/** Milliseconds by the clock of the processor. */
export function workedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

import { startAge } from '../platform/deadline';

/**
 * Whether it is too late to begin a request that must begin by `startBy` (`performance.now()`). To be made when the
 * messages are handed over: the time until then counts by the wall clock as well, which goes on while a machine sleeps.
 */
export function latestStart(startBy: number | undefined): () => boolean {
  if (startBy === undefined) return () => false;
  const left = startBy - performance.now();
  const age = startAge();
  return () => age() >= left;
}

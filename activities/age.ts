/** How long ago this was called, in milliseconds, by the larger of two clocks: a suspended machine stops the one, a clock that
 * is set back fools the other. */
export function startAge(): () => number {
  const monotonic = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - monotonic, Math.abs(Date.now() - wall));
}

/** A heartbeat is missed after 5 s, and then another worker takes over: a step older than this must not write. */
export const FENCE_MS = 4_000;

/** How long ago this was called, in milliseconds, by the larger of two clocks: a suspended machine stops the one, a clock that
 * is set back fools the other. */
export function startAge(): () => number {
  const monotonic = performance.now();
  const wall = Date.now();
  return () => Math.max(performance.now() - monotonic, Math.abs(Date.now() - wall));
}

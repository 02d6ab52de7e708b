import { useRef } from 'preact/hooks';

/** What was done longer ago says little about now. In milliseconds. */
const LOOKED_AT_MS = 20_000;

/** How much is done in a second, over the last seconds; 0 until that is known. */
export function usePace(done: number): number {
  const samples = useRef<{ at: number; done: number }[]>([]);
  const now = performance.now();
  const kept = samples.current.filter(({ at }) => now - at < LOOKED_AT_MS);
  if (kept.at(-1)?.done !== done) kept.push({ at: now, done });
  samples.current = kept;
  const [first] = kept;
  return first && now > first.at ? ((done - first.done) / (now - first.at)) * 1000 : 0;
}

import { useEffect, useRef } from 'preact/hooks';

/** A workflow carries a command out a moment after its answer, and an import at rest has no events. In milliseconds. */
const AGAIN_MS = [1_000, 3_000, 8_000];

/** A `reload` for after a command: at once, and again until the command must have shown. */
export function useReloadAfterCommand(reload: () => void): () => void {
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const newest = useRef(reload);
  newest.current = reload;
  const stop = (): void => timers.current.forEach(clearTimeout);
  useEffect(() => stop, []);
  return () => {
    stop();
    newest.current();
    timers.current = AGAIN_MS.map((ms) => setTimeout(() => newest.current(), ms));
  };
}

import { useEffect, useRef } from 'preact/hooks';

/** Calls the newest `act` at once, and not again within `everyMs`: whoever asks meanwhile is served by one call at the end of it. */
export function useThrottle(everyMs: number, act: () => void): () => void {
  const newest = useRef(act);
  newest.current = act;
  const state = useRef<{ timer?: ReturnType<typeof setTimeout> | undefined; isWanted: boolean }>({ isWanted: false });
  useEffect(() => () => clearTimeout(state.current.timer), []);
  return useRef(() => {
    const { current } = state;
    current.isWanted = true;
    const turn = (): void => {
      current.timer = current.isWanted ? setTimeout(turn, everyMs) : undefined;
      if (!current.isWanted) return;
      current.isWanted = false;
      newest.current();
    };
    if (current.timer === undefined) turn();
  }).current;
}

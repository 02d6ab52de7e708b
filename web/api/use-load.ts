import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export type Loaded<Value> = {
  value: Value | undefined;
  error: unknown;
  isLoading: boolean;
  /** Asks again; what is shown stays until the answer is there. */
  reload: () => void;
  /** Shows what is known without asking. */
  show: (value: Value) => void;
};

/** Loads a value when the screen opens, and again when one of `on` changes. An answer that comes too late is dropped. */
export function useLoad<Value>(load: () => Promise<Value>, on: readonly unknown[]): Loaded<Value> {
  const [state, setState] = useState<{ value?: Value; error?: unknown; isLoading: boolean }>({ isLoading: true });
  const newest = useRef(0);
  const reload = useCallback(() => {
    const mine = ++newest.current;
    const isStill = (): boolean => mine === newest.current;
    setState((before) => ({ ...before, isLoading: true }));
    load().then(
      (value) => isStill() && setState({ value, isLoading: false }),
      (error: unknown) => isStill() && setState((before) => ({ ...before, error, isLoading: false })),
    );
  }, on);
  useEffect(() => {
    reload();
    return () => void newest.current++;
  }, [reload]);
  const show = useCallback((value: Value) => {
    newest.current++;
    setState({ value, isLoading: false });
  }, []);
  return { value: state.value, error: state.error, isLoading: state.isLoading, reload, show };
}

import { useCallback, useEffect, useState } from 'preact/hooks';
import { useNewest } from './use-newest';

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
  const newest = useNewest();
  const reload = useCallback(() => {
    setState((before) => ({ ...before, isLoading: true }));
    newest.hear(
      load(),
      (value) => setState({ value, isLoading: false }),
      (error) => setState((before) => ({ ...before, error, isLoading: false })),
    );
  }, on);
  useEffect(reload, [reload]);
  const show = useCallback((value: Value) => {
    newest.drop();
    setState({ value, isLoading: false });
  }, []);
  return { value: state.value, error: state.error, isLoading: state.isLoading, reload, show };
}

import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Page } from './load-all';
import { useNewest } from './use-newest';

export interface Pages<Item> {
  /** Of all pages so far; `undefined` until the first one is there. */
  items: Item[] | undefined;
  error: unknown;
  isLoading: boolean;
  /** Asks for the next page; absent on the last one. */
  more: (() => void) | undefined;
  /** Begins with the first page again. */
  reload: () => void;
}

/** Loads a list page by page, and from its beginning when one of `on` changes. An answer that comes too late is dropped. */
export function usePages<Item, Cursor = string>(
  load: (after: Cursor | undefined) => Promise<Page<Item, Cursor>>,
  on: readonly unknown[],
): Pages<Item> {
  const [state, setState] = useState<{ items?: Item[]; next: Cursor | null; error?: unknown; isLoading: boolean }>({
    next: null,
    isLoading: true,
  });
  const newest = useNewest();
  const ask = useCallback((after: Cursor | undefined) => {
    setState((before) => ({ ...before, error: undefined, isLoading: true }));
    newest.hear(
      load(after),
      ({ data, next }) =>
        setState(({ items = [] }) => ({
          items: after === undefined ? data : [...items, ...data],
          next,
          isLoading: false,
        })),
      (error) => setState((before) => ({ ...before, error, isLoading: false })),
    );
  }, on);
  const reload = useCallback(() => ask(undefined), [ask]);
  useEffect(reload, [reload]);
  const { items, next, error, isLoading } = state;
  return { items, error, isLoading, reload, more: next === null || isLoading ? undefined : () => ask(next) };
}

import { useEffect, useRef } from 'preact/hooks';
import { useLoad } from '../../../api/use-load';
import { useThrottle } from '../../../api/use-throttle';
import { goesOn, messagesOf } from '../model';
import type { Import, Row } from '../model';
import { loadAfter, loadBetween, loadFirst, withFresh } from './long-rows';
import type { LoadedRows } from './long-rows';

/** While an import goes on, rows are read again so often at most. In milliseconds. */
const EVERY_MS = 2_000;

export interface ImportRows {
  /** Undefined until they are there. */
  value: readonly Row[] | undefined;
  /** Further ones come as somebody scrolls on. */
  isPart: boolean;
  error: unknown;
  reload: () => void;
  /** To be told which rows somebody sees, and whether the last of those that are there is among them. */
  onView: (rows: readonly Row[], isAtEnd: boolean) => void;
}

/**
 * The rows of an import. While it goes on they follow its counts: those in view that can still change are read again, and all of them
 * where more need attention than before, since these stand first.
 */
export function useRows(importView: Import, hasRows: boolean): ImportRows {
  const { id, status, rows: counts, invitations } = importView;
  const attention = counts.rejected + messagesOf(importView).failed;
  const newest = useRef<{
    value?: LoadedRows | undefined;
    isLoading: boolean;
    attention: number;
    importView: Import;
  }>({ isLoading: true, attention, importView });
  const loadedWith = useRef(attention);
  const inView = useRef<readonly Row[]>([]);
  const { value, error, isLoading, reload, show } = useLoad<LoadedRows | undefined>(() => {
    loadedWith.current = newest.current.attention;
    const { importView: newestView, value: known } = newest.current;
    return hasRows ? loadFirst(newestView, known, inView.current) : Promise.resolve(undefined);
  }, [id, hasRows, status]);
  newest.current = { value, isLoading, attention, importView };

  const follow = useThrottle(EVERY_MS, () => {
    const before = newest.current;
    if (!hasRows || !goesOn(status) || before.isLoading || !before.value) return;
    if (before.attention !== loadedWith.current) return reload();
    const open = inView.current.filter(canChange);
    if (open.length === 0) return;
    loadBetween(id, before.value.rows, open).then(
      (fresh) => {
        const { value: now, isLoading: isReplaced } = newest.current;
        if (now && !isReplaced) show({ ...now, rows: withFresh(now, before.value!, fresh) });
      },
      // The next change asks again, and a lost connection is told by the events.
      () => undefined,
    );
  });
  useEffect(follow, [JSON.stringify([counts, invitations]), isLoading]);
  const isAtEnd = useRef(false);
  const isLoadingMore = useRef(false);
  const goOn = (): void => {
    const { value: before, isLoading } = newest.current;
    if (!isAtEnd.current || before?.upTo === undefined || isLoading || isLoadingMore.current) return;
    isLoadingMore.current = true;
    loadAfter(id, before.upTo)
      .finally(() => (isLoadingMore.current = false))
      .then(
        ({ data, next }) => {
          const { value: now, isLoading: isReplaced } = newest.current;
          // What replaces it may end at another line, from which is gone on then.
          if (!now || isReplaced || now.upTo !== before.upTo) return goOn();
          show({ rows: withFresh(now, before, data), ...(next !== null && { upTo: next }) });
        },
        () => undefined,
      );
  };
  // Where a filter shows none of those that have come, somebody still sees the end.
  useEffect(goOn, [value]);
  const onView = useRef((rows: readonly Row[], atEnd: boolean) => {
    inView.current = rows;
    isAtEnd.current = atEnd;
    goOn();
    follow();
  }).current;
  return { value: value?.rows, isPart: value?.upTo !== undefined, error, reload, onView };
}

/** It, or one of its messages, is not where it will end while its import goes on. */
const canChange = ({ status, invitations }: Row): boolean =>
  status === 'pending' ||
  status === 'waiting' ||
  invitations.some(({ state }) => state === 'pending' || state === 'sending' || state === 'sent');

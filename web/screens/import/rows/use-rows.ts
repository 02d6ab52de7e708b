import { useEffect, useRef } from 'preact/hooks';
import { answerOf, api } from '../../../api/api';
import { LARGEST_PAGE } from '../../../api/load-all';
import { useLoad } from '../../../api/use-load';
import { useThrottle } from '../../../api/use-throttle';
import { goesOn, loadRows, messagesOf } from '../model';
import type { Import, Row } from '../model';

/** While an import goes on, rows are read again so often at most. In milliseconds. */
const EVERY_MS = 2_000;

export interface ImportRows {
  /** Undefined until they are there. */
  value: readonly Row[] | undefined;
  error: unknown;
  reload: () => void;
  /** To be told which rows somebody sees. */
  onView: (rows: readonly Row[]) => void;
}

/**
 * The rows of an import. While it goes on they follow its counts: those in view that can still change are read again, and all of them
 * where more need attention than before, since these stand first.
 */
export function useRows(importView: Import, hasRows: boolean): ImportRows {
  const { id, status, rows: counts, invitations } = importView;
  const attention = counts.rejected + messagesOf(importView).failed;
  const newest = useRef<{ value?: readonly Row[] | undefined; isLoading: boolean; attention: number }>({
    isLoading: true,
    attention,
  });
  const loadedWith = useRef(attention);
  const { value, error, isLoading, reload, show } = useLoad<readonly Row[]>(() => {
    loadedWith.current = newest.current.attention;
    return hasRows ? loadRows(id) : Promise.resolve([]);
  }, [id, hasRows, status]);
  newest.current = { value, isLoading, attention };
  const inView = useRef<readonly Row[]>([]);

  const follow = useThrottle(EVERY_MS, () => {
    const before = newest.current;
    if (!hasRows || !goesOn(status) || before.isLoading || !before.value) return;
    if (before.attention !== loadedWith.current) return reload();
    const open = inView.current.filter(canChange).map(({ row }) => row);
    if (open.length === 0) return;
    loadBetween(id, before.value, Math.min(...open), Math.max(...open)).then(
      (fresh) => {
        const { value: known, isLoading: isReplaced } = newest.current;
        if (known && !isReplaced) show(known.map((row) => fresh.get(row.row) ?? row));
      },
      // The next change asks again, and a lost connection is told by the events.
      () => undefined,
    );
  });
  useEffect(follow, [JSON.stringify([counts, invitations]), isLoading]);
  const onView = useRef((rows: readonly Row[]) => {
    inView.current = rows;
    follow();
  }).current;
  return { value, error, reload, onView };
}

/** It, or one of its messages, is not where it will end while its import goes on. */
const canChange = ({ status, invitations }: Row): boolean =>
  status === 'pending' ||
  status === 'waiting' ||
  invitations.some(({ state }) => state === 'pending' || state === 'sending' || state === 'sent');

/** Rows by line, from the first to the last of these lines. */
async function loadBetween(
  id: string,
  known: readonly Row[],
  first: number,
  last: number,
): Promise<ReadonlyMap<number, Row>> {
  // A page continues after a line that there is; before all of them is 0.
  const after = known.reduce((before, { row }) => (row < first ? Math.max(before, row) : before), 0);
  const query = { after, limit: Math.min(last - first + 1, LARGEST_PAGE) };
  const { data } = await answerOf(api.GET('/v1/imports/{id}/rows', { params: { path: { id }, query } }));
  return new Map(data.map((row) => [row.row, row]));
}

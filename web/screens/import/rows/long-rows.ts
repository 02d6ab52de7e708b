import { answerOf, api } from '../../../api/api';
import { LARGEST_PAGE, loadAll } from '../../../api/load-all';
import type { Page } from '../../../api/load-all';
import { loadRows, needsAttention, UNREACHED } from '../model';
import type { Import, Row } from '../model';

/** Up to so many lines all rows are loaded, some requests; a browser holds no more of them without being slowed down. */
const MOST_LOADED_AT_ONCE = 2_000;
/** Rows of a longer file that need somebody, for each reason by which they are found. */
const MOST_NEEDING = 2_000;

/** The rows of an import that are there: all of them, or those up to a line and those that need somebody. */
export interface LoadedRows {
  rows: readonly Row[];
  /** The last line of those that are there without a gap; undefined if all are. */
  upTo?: number;
}

type Status = Row['status'] | Row['invitations'][number]['state'];

/** `next` is the line after which others follow, if any do. */
function pageOf(id: string, query: { after: number; limit?: number; status?: Status }): Promise<Page<Row, number>> {
  const asked = { limit: LARGEST_PAGE, ...query };
  return answerOf(api.GET('/v1/imports/{id}/rows', { params: { path: { id }, query: asked } }));
}

/**
 * Loads the rows of an import. Of a long file those at its beginning, those that need somebody, and those in view; others stay as they are
 * known. What the counts say nobody needs is not looked for: the database would go through the whole file for it.
 */
export async function loadFirst(
  { id, lines, rows, invitations }: Pick<Import, 'id' | 'lines' | 'rows' | 'invitations'>,
  known: LoadedRows | undefined,
  inView: readonly Row[],
): Promise<LoadedRows> {
  if (lines <= MOST_LOADED_AT_ONCE) return { rows: await loadRows(id) };
  const [first, seen, ...needing] = await Promise.all([
    pageOf(id, { after: 0 }),
    known && inView.length > 0 ? loadBetween(id, known.rows, inView) : [],
    ...(['rejected', ...UNREACHED] as const)
      .filter((status) =>
        status === 'rejected' ? rows.rejected > 0 : invitations.email[status] + invitations.sms[status] > 0,
      )
      .map((status) => loadAll<Row, number>((after = 0) => pageOf(id, { after, status }), MOST_NEEDING)),
  ]);
  const fresh = byLine([...needing.flat(), ...first.data, ...seen]);
  const begins = { rows: [...fresh.values()], ...(first.next !== null && { upTo: first.next }) };
  // One that needs nobody any more is not among the fresh ones: then all behind the beginning is loaded again as it is looked at.
  if (known?.upTo === undefined || known.rows.some((row) => needsAttention(row) && !fresh.has(row.row))) return begins;
  return {
    rows: [...byLine([...known.rows, ...fresh.values()]).values()],
    upTo: Math.max(known.upTo, begins.upTo ?? 0),
  };
}

/** The rows of the lines after one. */
export const loadAfter = (id: string, after: number): Promise<Page<Row, number>> => pageOf(id, { after });

/**
 * What is known now, with rows that were asked for while `before` was known. A row that has come meanwhile was asked for later, and stays;
 * one that has gone stays away.
 */
export function withFresh(now: LoadedRows, before: LoadedRows, fresh: readonly Row[]): readonly Row[] {
  const [is, was] = [byLine(now.rows), byLine(before.rows)];
  return [...byLine([...now.rows, ...fresh.filter(({ row }) => is.get(row) === was.get(row))]).values()];
}

/** The rows from the first to the last of some that are known. */
export async function loadBetween(id: string, known: readonly Row[], some: readonly Row[]): Promise<readonly Row[]> {
  const lines = some.map(({ row }) => row);
  const [first, last] = [Math.min(...lines), Math.max(...lines)];
  // A page continues after a line that there is; before all of them is 0.
  const after = known.reduce((before, { row }) => (row < first ? Math.max(before, row) : before), 0);
  return (await pageOf(id, { after, limit: Math.min(last - first + 1, LARGEST_PAGE) })).data;
}

const byLine = (rows: readonly Row[]): Map<number, Row> => new Map(rows.map((row) => [row.row, row]));

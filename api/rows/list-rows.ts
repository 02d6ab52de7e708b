import { ROW_STATUSES } from '../../contract/row';
import type { RowStatus } from '../../contract/row';
import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { ImportDoc, InvitationDoc, Role, RowDoc } from '../../store/documents';
import type { TextFilter } from '../../store/imports/rows';
import type { Store } from '../../store/index';
import { rowsExpired } from '../downloads/staged-rows';
import { endOfPageBefore } from '../../store/paging';
import { cutPage } from '../routing/page';
import type { Input } from '../routing/route';
import type { listImportRows } from './row-routes';
import { rowView } from './row-view';

const isRowStatus = (status: string): status is RowStatus => (ROW_STATUSES as readonly string[]).includes(status);

/**
 * Lists a page of rows with their invitations. `status` is the status of the row or, if no row has such a status (`failed`,
 * `sent` …), the state of one of its invitations; `channel` and `code` are of the same invitation, and `code` may also be that of a
 * problem of the row. `next` is the line to continue after, `null` on the last page.
 * Throws a 410 if the rows have expired, and an `UnknownCursorError` for an `after` that is no line; before the first line is 0.
 */
export async function listRows(
  { rows, invitations, lineage, progress }: Pick<Store, 'rows' | 'invitations' | 'lineage' | 'progress'>,
  importDoc: ImportDoc,
  { status, channel, code, q, after, limit }: Input<typeof listImportRows>['query'],
  role: Role,
) {
  if (importDoc.expired === 'rows') throw rowsExpired();
  const importId = importDoc._id;
  const rowAt = async (line: number) => (await rows.page(importId, { limit: 1, among: [line] }))[0] ?? null;
  await endOfPageBefore(after === 0 ? undefined : after, rowAt);
  const rowStatus = status !== undefined && isRowStatus(status) ? status : undefined;
  const state = rowStatus === undefined ? (status as InvitationState | undefined) : undefined;
  const found = (await hasNone(progress, importDoc, { status: rowStatus, state, channel }))
    ? []
    : await findRows({ rows, invitations }, importId, {
        ...{ after, limit: limit + 1, code, isInvited: (state ?? channel) !== undefined },
        invited: { ...(state && { state }), ...(channel && { channel }) },
        rows: {
          ...(rowStatus && { status: rowStatus }),
          // Support sees addresses and numbers masked, and must not find them out letter by letter.
          ...(q !== undefined && { text: { text: q, whole: role === 'support' } }),
        },
      });
  const { data: page, next } = cutPage(found, limit, ({ row }) => row);
  const byRow = new Map(page.map(({ row }): [number, InvitationDoc[]] => [row, []]));
  for (const invitation of await invitations.find({ importId, rows: [...byRow.keys()] }))
    byRow.get(invitation.row)?.push(invitation);
  const corrected = await lineage.corrected(importDoc);
  return {
    data: page.map((row) => ({
      ...rowView(row, byRow.get(row.row) ?? [], importDoc),
      corrected: corrected.has(row.row),
    })),
    next,
  };
}

/** From so many rows on the counts are asked first: they are kept, and to find that there is no such row takes all rows. */
const LONG_ROWS = 5_000;

/** Whether the counts say that a long import has no such row. */
async function hasNone(
  progress: Store['progress'],
  importDoc: ImportDoc,
  {
    status,
    state,
    channel,
  }: { status: RowStatus | undefined; state: InvitationState | undefined; channel: Channel | undefined },
): Promise<boolean> {
  if ((importDoc.rowCount ?? 0) <= LONG_ROWS || (status ?? state) === undefined) return false;
  const { rows, invitations } = await progress.of(importDoc);
  if (status) return rows[status] === 0;
  return (channel ? [channel] : CHANNELS).every((one) => invitations[one][state!] === 0);
}

/** Lines with such invitations that are looked at together. */
const LINES_AT_ONCE = 500;

interface RowsSearch {
  after: number;
  limit: number;
  code: string | undefined;
  /** Only rows with such an invitation. */
  isInvited: boolean;
  invited: { state?: InvitationState; channel?: Channel };
  rows: { status?: RowStatus; text?: TextFilter };
}

/** The first rows that match, in their order. The lines of matching invitations are gone through by parts, until there are enough. */
async function findRows(
  { rows, invitations }: Pick<Store, 'rows' | 'invitations'>,
  importId: string,
  { after, limit, code, isInvited, invited, rows: ofRow }: RowsSearch,
): Promise<RowDoc[]> {
  const found: RowDoc[] = [];
  const most = Math.max(limit, LINES_AT_ONCE);
  for (let from = after; ;) {
    const part = { after: from, limit: most, ...invited };
    const [among, orAmong] = await Promise.all([
      isInvited ? invitations.linesIn(importId, part) : null,
      code === undefined ? null : invitations.linesIn(importId, { ...part, code }),
    ]);
    // Below the last of a part there may be others.
    const ends = [among, orAmong].flatMap((lines) => (lines?.length === most ? [lines.at(-1)!] : []));
    const upTo = ends.length > 0 ? Math.min(...ends) : undefined;
    found.push(
      ...(await rows.page(importId, {
        ...{ ...ofRow, after: from, limit: limit - found.length },
        ...(upTo !== undefined && { upTo }),
        ...(among && { among }),
        ...(code !== undefined && { code: { code, orAmong: orAmong! } }),
      })),
    );
    if (upTo === undefined || found.length === limit) return found;
    from = upTo;
  }
}

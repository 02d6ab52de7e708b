import { ROW_STATUSES } from '../../contract/row';
import type { RowStatus } from '../../contract/row';
import type { ImportDoc, InvitationDoc, Role } from '../../store/documents';
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
  { rows, invitations, lineage }: Pick<Store, 'rows' | 'invitations' | 'lineage'>,
  importDoc: ImportDoc,
  { status, channel, code, q, after, limit }: Input<typeof listImportRows>['query'],
  role: Role,
) {
  if (importDoc.expired === 'rows') throw rowsExpired();
  const importId = importDoc._id;
  const rowAt = async (line: number) => (await rows.page(importId, { limit: 1, among: [line] }))[0] ?? null;
  await endOfPageBefore(after === 0 ? undefined : after, rowAt);
  const state = status !== undefined && !isRowStatus(status) ? status : undefined;
  const invited = { ...(state && { state }), ...(channel && { channel }) };
  const found = await rows.page(importId, {
    after,
    limit: limit + 1,
    ...(status !== undefined && isRowStatus(status) && { status }),
    ...((state ?? channel) && { among: await invitations.linesIn(importId, after, invited) }),
    ...(code !== undefined && {
      code: { code, orAmong: await invitations.linesIn(importId, after, { ...invited, code }) },
    }),
    // Support sees addresses and numbers masked, and must not find them out letter by letter.
    ...(q !== undefined && { text: { text: q, whole: role === 'support' } }),
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

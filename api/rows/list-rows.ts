import { ROW_STATUSES } from '../../contract/row';
import type { RowStatus } from '../../contract/row';
import type { ImportDoc, InvitationDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { Input } from '../routing/route';
import type { listImportRows } from './row-routes';
import { rowView } from './row-view';

const isRowStatus = (status: string): status is RowStatus => (ROW_STATUSES as readonly string[]).includes(status);

/**
 * Lists a page of rows with their invitations. `status` is the status of the row or, if no row has such a status (`failed`,
 * `sent` …), the state of one of its invitations. `next` is the line to continue after, `null` on the last page.
 */
export async function listRows(
  { rows, invitations, lineage }: Pick<Store, 'rows' | 'invitations' | 'lineage'>,
  importDoc: ImportDoc,
  { status, after, limit }: Input<typeof listImportRows>['query'],
) {
  const importId = importDoc._id;
  const filter =
    status === undefined
      ? {}
      : isRowStatus(status)
        ? { status }
        : { among: await invitations.linesIn(importId, status, after, limit) };
  const page = await rows.page(importId, { after, limit, ...filter });
  const byRow = new Map(page.map(({ row }): [number, InvitationDoc[]] => [row, []]));
  for (const invitation of await invitations.find({ importId, rows: [...byRow.keys()] }))
    byRow.get(invitation.row)?.push(invitation);
  const corrected = await lineage.corrected(importDoc);
  return {
    data: page.map((row) => ({
      ...rowView(row, byRow.get(row.row) ?? []),
      corrected: corrected.has(row.row),
    })),
    next: page.length === limit ? page.at(-1)!.row : null,
  };
}

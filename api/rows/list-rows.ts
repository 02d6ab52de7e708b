import { z } from 'zod';
import { INVITATION_STATES } from '../../contract/invitation';
import type { InvitationState } from '../../contract/invitation';
import { ROW_STATUSES } from '../../contract/row';
import type { RowStatus } from '../../contract/row';
import type { ImportDoc, Role } from '../../store/documents';
import type { Store } from '../../store/index';
import { pageLimit } from '../http/parse';
import { rowView } from './row-view';

export const listRowsSchema = z.strictObject({
  /** The status of the row, or the state of one of its invitations. */
  status: z.enum([...new Set([...ROW_STATUSES, ...INVITATION_STATES])]).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: pageLimit(100),
});

const isRowStatus = (status: string): status is RowStatus => (ROW_STATUSES as readonly string[]).includes(status);
const isInvitationState = (status: string): status is InvitationState =>
  (INVITATION_STATES as readonly string[]).includes(status);

/**
 * A page of rows with their invitations. `status` is where the row stands or, where no row can stand there (`failed`,
 * `sent` …), where one of its invitations does. `next` is the line to continue after, `null` at the end.
 */
export async function listRows(
  { rows, invitations, lineage }: Pick<Store, 'rows' | 'invitations' | 'lineage'>,
  importDoc: ImportDoc,
  { status, after, limit }: z.infer<typeof listRowsSchema>,
  role: Role,
) {
  const importId = importDoc._id;
  const among =
    status && !isRowStatus(status) && isInvitationState(status)
      ? await invitations.linesIn(importId, status, after, limit)
      : undefined;
  const page = await rows.page(importId, {
    after,
    limit,
    ...(among ? { among } : status && isRowStatus(status) ? { status } : {}),
  });
  const byRow = new Map(page.map(({ row }) => [row, [] as Awaited<ReturnType<typeof invitations.find>>]));
  for (const invitation of await invitations.find({ importId, rows: [...byRow.keys()] }))
    byRow.get(invitation.row)?.push(invitation);
  const corrected = await lineage.corrected(importDoc);
  return {
    data: page.map((row) => ({
      ...rowView(row, byRow.get(row.row) ?? [], role),
      corrected: corrected.has(row.row),
    })),
    next: page.length === limit ? page.at(-1)!.row : null,
  };
}

import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { RowStatus } from '../../contract/row';
import type { PersonValues } from '../../domain/person';
import { invitationId, personIdFor } from '../../store/documents';
import type { InvitationDoc, RowDoc } from '../../store/documents';
import { createInvitationToken } from '../../store/index';
import type { ActivityDeps } from '../deps';

/** A staged row that is to be carried out. */
export type CheckedRowDoc = RowDoc & { person: PersonValues };

export const isChecked = (row: RowDoc): row is CheckedRowDoc => row.person !== null;

/** What a row has come to once it is carried out. A row that had to wait for its team is done as if it had not. */
function statusAfter({ plan }: RowDoc): Extract<RowStatus, 'created' | 'updated' | 'unchanged'> {
  if (plan.action === 'update') return 'updated';
  return plan.personId === undefined ? 'created' : 'unchanged';
}

/** Rows whose person was written when their step was interrupted count as carried out, and their books are complete. */
export async function finishBegun(store: ActivityDeps['store'], importId: string): Promise<void> {
  const [pending, written] = await Promise.all([store.rows.findPending(importId), store.people.writtenBy(importId)]);
  await finishRows(
    store,
    importId,
    pending.filter(isChecked).filter(({ row }) => written.has(row)),
  );
}

/** Opens the books of the invitations first: a row leaves `pending` last, so that nothing before it can be forgotten. */
export async function finishRows(store: ActivityDeps['store'], importId: string, rows: CheckedRowDoc[]): Promise<void> {
  await store.invitations.stage(rows.flatMap(firstInvitations));
  await Promise.all(
    (['created', 'updated', 'unchanged'] as const).map((status) =>
      store.rows.finish(
        importId,
        rows.filter((row) => statusAfter(row) === status).map(({ row }) => row),
        status,
      ),
    ),
  );
}

/** No SMS goes to a landline: that invitation is there, so that the books are complete, but never sent. */
function firstInvitations(row: CheckedRowDoc): InvitationDoc[] {
  const { channels } = row.plan;
  const isLandline = row.problems.some(({ code }) => code === 'mobile.landline');
  return CHANNELS.flatMap((channel) => {
    if (channels.includes(channel)) return firstInvitation(row, channel, 'pending');
    return channel === 'sms' && isLandline && channels.length > 0 ? firstInvitation(row, channel, 'suppressed') : [];
  });
}

function firstInvitation(
  row: CheckedRowDoc,
  channel: Channel,
  state: Extract<InvitationDoc['state'], 'pending' | 'suppressed'>,
): InvitationDoc {
  const { importId, organisationId } = row;
  const now = new Date();
  return {
    _id: invitationId(importId, row.row, channel, 1),
    organisationId,
    importId,
    row: row.row,
    channel,
    generation: 1,
    superseded: false,
    personId: personIdFor(row),
    personKind: row.person.kind,
    token: createInvitationToken(),
    state,
    ...(state === 'suppressed' && { code: 'mobile.landline' as const }),
    attempts: 0,
    trail: [{ state, at: now }],
    createdAt: now,
    changedAt: now,
  };
}

import { CHANNELS } from '../contract/invitation';
import type { Channel } from '../contract/invitation';
import type { ClientValues } from '../domain/check-rows';
import { clientIdOf, invitationId } from '../store/documents';
import type { InvitationDoc, RowDoc } from '../store/documents';
import { createInvitationToken } from '../store/index';
import type { ActivityDeps } from './deps';

/** A staged row that is to become a client. */
export type CheckedRowDoc = RowDoc & { client: ClientValues };

/** Rows whose client was created when their step was interrupted: they count as created, and their books are complete. */
export async function finishBegun(store: ActivityDeps['store'], importId: string): Promise<void> {
  const pending = (await store.rows.pending(importId)).filter(isChecked);
  const existing = await store.clients.existing(pending.map(({ row }) => clientIdOf(importId, row)));
  const begun = pending.filter(({ row }) => existing.has(clientIdOf(importId, row)));
  await stageInvitations(store, begun);
  await store.rows.finish(
    importId,
    begun.map(({ row }) => row),
    'created',
  );
}

export const isChecked = (row: RowDoc): row is CheckedRowDoc => row.client !== null;

/** The first invitations of created clients, on both channels. One that is there already stays as it is. */
export const stageInvitations = (store: ActivityDeps['store'], rows: CheckedRowDoc[]): Promise<void> =>
  store.invitations.stage(rows.flatMap((row) => CHANNELS.map((channel) => firstInvitation(row, channel))));

/** No SMS goes to a landline: that invitation is there, so that the books are complete, but never sent. */
function firstInvitation(row: CheckedRowDoc, channel: Channel): InvitationDoc {
  const { importId, organisationId } = row;
  const toLandline = channel === 'sms' && row.client.mobileType === 'fixed-line';
  return {
    _id: invitationId(importId, row.row, channel, 1),
    organisationId,
    importId,
    row: row.row,
    channel,
    generation: 1,
    superseded: false,
    clientId: clientIdOf(importId, row.row),
    token: createInvitationToken(),
    ...(toLandline ? { state: 'suppressed', code: 'mobile.landline' } : { state: 'pending' }),
    attempts: 0,
    changedAt: new Date(),
  };
}

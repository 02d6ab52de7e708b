import { CHANNELS } from '../../contract/invitation';
import type { RowStatus } from '../../contract/row';
import { noSmsCodeOf } from '../../domain/checking/no-sms';
import type { PersonValues } from '../../domain/person';
import { personIdFor } from '../../store/documents';
import type { InvitationDoc, RowDoc } from '../../store/documents';
import { createInvitationToken } from '../../store/index';
import { newInvitation } from '../../store/invitations/generations';
import type { ActivityDeps } from '../deps';

/** A staged row that can be applied. */
export type CheckedRowDoc = RowDoc & { person: PersonValues };

export const isChecked = (row: RowDoc): row is CheckedRowDoc => row.person !== null;

/** The status of a row once it is applied. A row that has waited for its team ends as if it had not. */
function appliedStatus({ plan }: RowDoc): Extract<RowStatus, 'created' | 'updated' | 'unchanged'> {
  if (plan.action === 'update') return 'updated';
  return plan.personId === undefined ? 'created' : 'unchanged';
}

/** Finishes the rows whose person was written before their step was interrupted. */
export async function finishWrittenRows(store: ActivityDeps['store'], importId: string): Promise<void> {
  const [pending, written] = await Promise.all([store.rows.findPending(importId), store.people.writtenBy(importId)]);
  await finishRows(
    store,
    importId,
    pending.filter(isChecked).filter(({ row }) => written.has(row)),
  );
}

/** Stages the invitations before the rows leave `pending`, so that a run after a crash repeats both. */
export async function finishRows(store: ActivityDeps['store'], importId: string, rows: CheckedRowDoc[]): Promise<void> {
  await store.invitations.stage(rows.flatMap(firstInvitations));
  await Promise.all(
    (['created', 'updated', 'unchanged'] as const).map((status) =>
      store.rows.finish(
        importId,
        rows.filter((row) => appliedStatus(row) === status).map(({ row }) => row),
        status,
      ),
    ),
  );
}

/** A landline or a service gets no SMS: its invitation is staged, so that every row has one per channel, but never sent. */
function firstInvitations(row: CheckedRowDoc): InvitationDoc[] {
  const { channels } = row.plan;
  const getsNoSms = noSmsCodeOf(row.problems);
  return CHANNELS.flatMap((channel) => {
    const key = { ...row, channel, personId: personIdFor(row), personKind: row.person.kind };
    if (channels.includes(channel)) return newInvitation(key, 1, createInvitationToken());
    if (channel !== 'sms' || !getsNoSms || channels.length === 0) return [];
    return newInvitation(key, 1, createInvitationToken(), { state: 'suppressed', code: getsNoSms });
  });
}

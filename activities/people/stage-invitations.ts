import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { RowStatus } from '../../contract/row';
import type { PersonValues } from '../../domain/person';
import { PAGE_ROWS } from '../../contract/pages/pages';
import { personIdFor } from '../../store/documents';
import type { InvitationDoc, RowDoc } from '../../store/documents';
import { createInvitationToken } from '../../store/index';
import { newInvitation } from '../../store/invitations/generations';
import type { KnownInvitation } from '../../store/invitations/never-invited';
import type { ActivityDeps } from '../deps';

/** A staged row that can be applied. */
export type CheckedRowDoc = RowDoc & { person: PersonValues };

export const isChecked = (row: RowDoc): row is CheckedRowDoc => row.person !== null;

/** The status of a row once it is applied. A row that has waited for its team ends as if it had not. */
function appliedStatus({ plan }: RowDoc): Extract<RowStatus, 'created' | 'updated' | 'unchanged'> {
  if (plan.changes?.length) return 'updated';
  return plan.personId === undefined ? 'created' : 'unchanged';
}

/**
 * Finishes the rows whose person was written before their step was interrupted. Takes the claims of that over first: whoever it has
 * claimed a message to is written by then.
 */
export async function finishWrittenRows(store: ActivityDeps['store'], importId: string): Promise<void> {
  await store.firstSends.closeImport(importId);
  const written = await store.people.writtenBy(importId);
  for (let after = 0; ;) {
    const pending = await store.rows.page(importId, { status: 'pending', after, limit: PAGE_ROWS });
    await finishRows(
      store,
      importId,
      pending.filter(isChecked).filter(({ row }) => written.has(row)),
    );
    if (pending.length < PAGE_ROWS) return;
    after = pending.at(-1)!.row;
  }
}

/**
 * Stages the invitations before the rows leave `pending`, so that a run after a crash repeats both. Takes over what another run had
 * claimed, before it stages what that may have sent; of the whole import, unless `claimsId` names its page.
 */
export async function finishRows(
  store: ActivityDeps['store'],
  importId: string,
  rows: CheckedRowDoc[],
  claimsId?: string,
): Promise<void> {
  await (claimsId === undefined ? store.firstSends.closeImport(importId) : store.firstSends.close(claimsId));
  await store.invitations.stage(draftInvitations(rows));
  // Another import may invite a known person at the same moment.
  const known = rows.filter(({ plan }) => plan.personId !== undefined);
  await store.knownInvitations.stage(
    importId,
    known.flatMap((row) => firstInvitations(row).map((invitation) => ({ invitation, unless: obstacleOf(row) }))),
  );
  await finishStaged(store, importId, rows);
}

/** Finishes rows whose invitations are staged. Of those that have ended meanwhile without their people nothing is left. */
export async function finishStaged(
  store: ActivityDeps['store'],
  importId: string,
  rows: CheckedRowDoc[],
): Promise<void> {
  const finished = await Promise.all(
    (['created', 'updated', 'unchanged'] as const).map((status) =>
      store.rows.finish(
        importId,
        rows.filter((row) => appliedStatus(row) === status).map(({ row }) => row),
        status,
      ),
    ),
  );
  if (finished.reduce((sum, count) => sum + count, 0) === rows.length) return;
  await store.latePeople.remove(
    importId,
    rows.map(({ row }) => row),
  );
}

/** The first invitations of the newcomers among the rows. */
export const draftInvitations = (rows: CheckedRowDoc[]): InvitationDoc[] =>
  rows.filter(({ plan }) => plan.personId === undefined).flatMap(firstInvitations);

/** What another import must not have done, for this row to invite a known person. */
function obstacleOf({ plan, problems }: RowDoc): KnownInvitation['unless'] {
  if (problems.some(({ code }) => code === 'person.never-invited')) return 'invited';
  return plan.action === 'update' ? 'pending' : 'under-way';
}

/** Why a channel gets no message: the warning of the row, and the reason that its invitation shows. */
const WITHOUT_MESSAGE: Readonly<Record<Channel, Partial<Record<ProblemCode, ProblemCode>>>> = {
  email: { 'email.opted-out': 'invitation.opted-out' },
  sms: {
    'mobile.landline': 'mobile.landline',
    'mobile.not-a-mobile': 'mobile.not-a-mobile',
    'mobile.sms-held': 'mobile.sms-held',
    'mobile.opted-out': 'invitation.opted-out',
  },
};

/** A landline or a service gets no SMS: its invitation is staged, so that every row has one per channel, but never sent. */
function firstInvitations(row: CheckedRowDoc): InvitationDoc[] {
  const { channels } = row.plan;
  if (channels.length === 0) return [];
  return CHANNELS.flatMap((channel) => {
    const { organisationId, importId, row: line } = row;
    const key = {
      organisationId,
      importId,
      row: line,
      channel,
      personId: personIdFor(row),
      personKind: row.person.kind,
    };
    if (channels.includes(channel)) return newInvitation(key, 1, createInvitationToken());
    // The SMS to a new number says nothing of the e-mail.
    if (obstacleOf(row) === 'pending') return [];
    const code = row.problems.map((problem) => WITHOUT_MESSAGE[channel][problem.code]).find(Boolean);
    return code ? newInvitation(key, 1, createInvitationToken(), { state: 'suppressed', code }) : [];
  });
}

import type { Channel } from '../../contract/invitation';
import type { Repair } from '../../contract/problem';
import { columnsOf } from '../../domain/columns';
import { failoverCause, failoverSentence } from '../../domain/invitations/failover';
import type { FailoverCause } from '../../domain/invitations/failover';
import { undoSentence } from '../../domain/undo/undo-texts';
import { describeProblem, describeTyped } from '../problem-types/problem-language';
import { providerReason } from '../../domain/provider-answers/provider-reason';
import { deferralView } from '../schedules/deferral-view';
import type { ImportDoc, InvitationDoc, RowDoc } from '../../store/documents';

type OfImport = Pick<ImportDoc, 'schedule' | 'failover'>;
type OfFile = Pick<ImportDoc, 'kind' | 'columns' | 'source'>;

/** `generations` are all that are known of the row's invitations; by default those that are shown. */
export function rowView(
  row: RowDoc,
  invitations: InvitationDoc[],
  importDoc: OfImport & OfFile,
  generations: readonly InvitationDoc[] = invitations,
) {
  const describe = importDoc.source === 'file' ? describeProblem : describeTyped;
  return {
    row: row.row,
    status: row.status,
    erasedAt: row.erased?.at.toISOString() ?? null,
    undo: row.undo ? { ...row.undo, meaning: undoSentence(row.undo.outcome, true) } : null,
    ignored: row.ignored ? { reason: row.ignored.reason, at: row.ignored.at.toISOString() } : null,
    person: personView(row),
    plan: planView(row),
    problems: row.problems.map((problem) => describe(problem, row.row)),
    repairs: row.repairs.map((repair) => repairView(repair, importDoc)),
    invitations: invitations.map((invitation) => invitationView(invitation, row, importDoc, generations)),
  };
}

/** The header is as the file has it; a cell that was typed later bears ours. */
function repairView({ column, ...cell }: Repair, { kind, columns }: OfFile) {
  const key = [...columns, ...columnsOf(kind)].find(({ header }) => header === column)?.key ?? null;
  return { column, key, ...cell };
}

function planView({ plan, smsSegments }: RowDoc) {
  const { action, channels, changes = [] } = plan;
  return {
    action,
    channels,
    smsSegments: smsSegments ?? 0,
    changes,
  };
}

function personView({ person: values, cells }: RowDoc) {
  const { firstName = '', lastName = '', email = '', mobile = '', company } = values ?? cells ?? {};
  return { firstName, lastName, email, mobile, company: company || null };
}

function invitationView(
  invitation: InvitationDoc,
  { row: line, person }: RowDoc,
  importDoc: OfImport,
  generations: readonly InvitationDoc[],
) {
  const { channel, state, generation, attempts, providerId, providerCode, code, changedAt } = invitation;
  return {
    channel,
    state,
    generation,
    attempts,
    providerId: providerId ?? null,
    providerCode: providerCode ?? null,
    providerReason: reasonOf(channel, providerCode),
    problem: code ? describeProblem({ code, column: null, letter: null, value: null }, line) : null,
    deferred: deferralView(invitation, person?.mobile, importDoc),
    failover: failoverView(invitation, importDoc, generations),
    changedAt: changedAt.toISOString(),
  };
}

/** Why it was sent on the second channel; `null` for one that was not, or where the newest first message came after it. */
export function failoverView(
  { channel, attempt }: InvitationDoc,
  { failover }: OfImport,
  generations: readonly InvitationDoc[],
): { cause: FailoverCause; message: string } | null {
  if (!failover || !attempt || channel === failover.first) return null;
  const first = generations.filter((one) => one.channel === failover.first);
  if (first.length > 0 && !first.some(({ createdAt }) => createdAt <= attempt.claimedAt)) return null;
  const cause = failoverCause(first, attempt.claimedAt);
  return { cause, message: failoverSentence(cause, failover) };
}

export const reasonOf = (channel: Channel, providerCode: string | undefined): string | null =>
  providerCode === undefined ? null : providerReason(channel, providerCode);

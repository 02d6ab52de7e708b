import type { Channel } from '../../contract/invitation';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { providerReason } from '../../domain/provider-answers/provider-reason';
import { deferralView } from '../schedules/deferral-view';
import type { ImportDoc, InvitationDoc, RowDoc } from '../../store/documents';

export function rowView(row: RowDoc, invitations: InvitationDoc[], importDoc: Pick<ImportDoc, 'schedule'>) {
  return {
    row: row.row,
    status: row.status,
    /** Put aside, since when and why. */
    /** When the data of its person were erased. */
    erasedAt: row.erased?.at.toISOString() ?? null,
    ignored: row.ignored ? { reason: row.ignored.reason, at: row.ignored.at.toISOString() } : null,
    person: personView(row),
    plan: planView(row),
    problems: row.problems.map((problem) => describeProblem(problem, row.row)),
    repairs: row.repairs,
    invitations: invitations.map((invitation) => invitationView(invitation, row, importDoc)),
  };
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
  importDoc: Pick<ImportDoc, 'schedule'>,
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
    changedAt: changedAt.toISOString(),
  };
}

export const reasonOf = (channel: Channel, providerCode: string | undefined): string | null =>
  providerCode === undefined ? null : providerReason(channel, providerCode);

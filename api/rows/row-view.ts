import type { Channel } from '../../contract/invitation';
import type { Problem } from '../../contract/problem';
import { maskChange, maskEmail, maskIfContact, maskMobile, maskProblem } from '../../domain/problems/mask';
import { describeProblem } from '../../domain/problems/problem-catalogue';
import { providerReason } from '../../domain/provider-answers/provider-reason';
import type { InvitationDoc, Role, RowDoc } from '../../store/documents';

/** Support staff recognise a person by masked addresses. */
export function rowView(row: RowDoc, invitations: InvitationDoc[], role: Role) {
  const mask = (problem: Problem): Problem => (role === 'support' ? maskProblem(problem) : problem);
  return {
    row: row.row,
    status: row.status,
    person: personView(row, role),
    plan: planView(row, role),
    problems: row.problems.map((problem) => mask(describeProblem(problem, row.row))),
    repairs: role === 'support' ? row.repairs.map(({ column }) => ({ column })) : row.repairs,
    invitations: invitations.map((invitation) => invitationView(invitation, row.row)),
  };
}

function planView({ plan, smsSegments }: RowDoc, role: Role) {
  const { action, channels, changes = [] } = plan;
  return {
    action,
    channels,
    smsSegments: smsSegments ?? 0,
    changes: role === 'support' ? changes.map(maskChange) : changes,
  };
}

function personView({ person: values, cells }: RowDoc, role: Role) {
  const { firstName = '', lastName = '', email = '', mobile = '', company } = values ?? cells ?? {};
  const person = { firstName, lastName, email, mobile, company: company || null };
  if (role !== 'support') return person;
  // In a shifted row the columns of names contain addresses.
  return {
    firstName: maskIfContact(firstName),
    lastName: maskIfContact(lastName),
    email: maskEmail(email),
    mobile: maskMobile(mobile),
    company: company ? maskIfContact(company) : null,
  };
}

function invitationView(invitation: InvitationDoc, line: number) {
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
    changedAt: changedAt.toISOString(),
  };
}

export const reasonOf = (channel: Channel, providerCode: string | undefined): string | null =>
  providerCode === undefined ? null : providerReason(channel, providerCode);

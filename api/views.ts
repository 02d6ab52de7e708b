import { importWorkflowId } from '../contract/import';
import type { ImportProgress } from '../contract/import';
import type { Channel } from '../contract/invitation';
import type { Problem } from '../contract/problem';
import { maskChange, maskEmail, maskIfContact, maskMobile, maskProblem } from '../domain/problems/mask';
import { describeProblem } from '../domain/problems/problem-catalogue';
import { providerReason } from '../domain/provider-answers/provider-reason';
import type { ImportDoc, InvitationDoc, Role, RowDoc } from '../store/documents';

/** Addresses under which an import is found again. */
export interface LinkBase {
  publicUrl: string;
  temporalUiUrl: string;
  namespace: string;
}

export function linksOf(importId: string, { publicUrl, temporalUiUrl, namespace }: LinkBase) {
  const self = `${publicUrl}/v1/imports/${importId}`;
  const workflow = `${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(importWorkflowId(importId))}`;
  return {
    self,
    rows: `${self}/rows`,
    apply: `${self}/apply`,
    pause: `${self}/pause`,
    resume: `${self}/resume`,
    cancel: `${self}/cancel`,
    failedRows: `${self}/failed-rows.csv`,
    report: `${self}/report.csv`,
    events: `${self}/events`,
    retries: `${self}/retries`,
    reminders: `${self}/reminders`,
    temporalUi: `${temporalUiUrl}/namespaces/${workflow}`,
  };
}

export function importView(importDoc: ImportDoc, progress: ImportProgress, places: LinkBase) {
  return {
    id: importDoc._id,
    kind: importDoc.kind,
    source: importDoc.source,
    fileName: importDoc.fileName,
    options: importDoc.options,
    batch: importDoc.batchId,
    status: progress.status,
    createdAt: importDoc.createdAt.toISOString(),
    closedAt: importDoc.closedAt?.toISOString() ?? null,
    lines: progress.lines,
    rows: progress.rows,
    invitations: progress.invitations,
    corrects: importDoc.corrects?.importId ?? null,
    pausedBy: pausedByView(importDoc),
    problems: importDoc.fileProblems.map((problem): Problem => describeProblem(problem, lineOf(problem.details))),
    links: linksOf(importDoc._id, places),
  };
}

/** Who paused the import, since when and why. */
function pausedByView({ pausedBy = {} }: ImportDoc) {
  return Object.entries(pausedBy).map(([by, { at, code, providerCode }]) => ({
    by,
    since: at.toISOString(),
    problem: code ? describeProblem({ code, column: null, letter: null, value: null }, null) : null,
    providerCode: providerCode ?? null,
    providerReason: by === 'staff' ? null : reasonOf(by as Channel, providerCode),
  }));
}

/** A row as this role may see it: support staff recognise a person by masked addresses. */
export function rowView(row: RowDoc, invitations: InvitationDoc[], role: Role) {
  const shown = (problem: Problem): Problem => (role === 'support' ? maskProblem(problem) : problem);
  return {
    row: row.row,
    status: row.status,
    person: personView(row, role),
    plan: planView(row, role),
    problems: row.problems.map((problem) => shown(describeProblem(problem, row.row))),
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

function personView({ person: checked, cells }: RowDoc, role: Role) {
  const { firstName = '', lastName = '', email = '', mobile = '', company } = checked ?? cells ?? {};
  const person = { firstName, lastName, email, mobile, company: company || null };
  if (role !== 'support') return person;
  // In a row that has slipped, addresses stand in the columns of names.
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

/** What the provider's code says in words; `null` where there is none. */
const reasonOf = (channel: Channel, providerCode: string | undefined): string | null =>
  providerCode === undefined ? null : providerReason(channel, providerCode);

/** A problem of the file may still be about one line, such as an unclosed quote. */
const lineOf = (details: Record<string, string | number> | undefined): number | null =>
  typeof details?.line === 'number' ? details.line : null;

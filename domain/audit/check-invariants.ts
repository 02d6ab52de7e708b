import type { ImportProgress } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { InvitationState } from '../../contract/invitation';
import type { RowStatus } from '../../contract/row';
import { canFollow } from '../invitations/transitions';
import type { AuditFinding, ImportSnapshot, Invariant, SnapshotInvitation } from './snapshot';

const APPLIED: readonly RowStatus[] = ['created', 'updated', 'unchanged'];
const ACCEPTED_BY_PROVIDER: readonly InvitationState[] = ['sent', 'delivered', 'bounced'];
const SENT_OR_LATER: readonly InvitationState[] = [...ACCEPTED_BY_PROVIDER, 'accepted'];
const ARRIVED: readonly InvitationState[] = ['sent', 'delivered', 'accepted'];
/** States in which the provider may have the message: also on its way, in doubt, or accepted by the person. */
const MAY_BE_AT_PROVIDER: readonly InvitationState[] = [...ACCEPTED_BY_PROVIDER, 'sending', 'unconfirmed', 'accepted'];

/** Checks the six invariants of one import, which hold in spite of any crash. */
export function checkInvariants(snapshot: ImportSnapshot): Invariant[] {
  return [
    rowsAddUp(snapshot),
    nothingLeftOpen(snapshot),
    atMostOnce(snapshot),
    providerAgrees(snapshot),
    neverBackwards(snapshot),
    viewsAgree(snapshot),
  ];
}

function rowsAddUp({ rows, invitations, api }: ImportSnapshot): Invariant {
  const seen = new Set<number>();
  const invited = new Set(invitations.map(({ row, channel }) => `${row} ${channel}`));
  const findings: AuditFinding[] = [];
  for (const { row, status, hasPerson, invitesBy } of rows) {
    if (seen.has(row)) findings.push(rowFinding(row, 'exists twice'));
    seen.add(row);
    if (APPLIED.includes(status) && !hasPerson)
      findings.push(rowFinding(row, `is ${status}, but its person does not exist`));
    for (const channel of invitesBy) {
      if (status === 'created' && !invited.has(`${row} ${channel}`))
        findings.push({ row, channel, detail: 'has no invitation, though its person was created' });
    }
  }
  const counted = Object.values(api.rows).reduce((sum, count) => sum + count, 0);
  if (counted !== rows.length || api.lines !== rows.length) {
    findings.push(importFinding(`there are ${rows.length} lines, and the API counts ${counted}`));
  }
  return invariant(
    'I1',
    'Every line has one status, every applied line its person, and every new person the invitations of the plan',
    findings,
  );
}

function nothingLeftOpen({ isAtRest, rows, invitations }: ImportSnapshot): Invariant {
  const claim = 'No line and no invitation is left pending or sending';
  if (!isAtRest) return notAtRest('I2', claim);
  const open = current(invitations).filter(({ state }) => state === 'pending' || state === 'sending');
  return invariant('I2', claim, [
    ...rows.filter(({ status }) => status === 'pending').map(({ row }) => rowFinding(row, 'is still pending')),
    ...open.map((one) => invitationFinding(one, `is still ${one.state}`)),
  ]);
}

function atMostOnce(snapshot: ImportSnapshot): Invariant {
  const { invitations } = snapshot;
  const findings = invitations.flatMap((invitation) => {
    const { acceptedIds } = invitation;
    return acceptedIds && acceptedIds.length > 1
      ? [invitationFinding(invitation, `was accepted ${acceptedIds.length} times by the provider`)]
      : [];
  });
  return checkedAtProvider('I3', 'The provider has accepted each generation at most once', findings, snapshot);
}

function providerAgrees(snapshot: ImportSnapshot): Invariant {
  const { invitations, unknown } = snapshot;
  const claim = 'The provider has every message that is shown as sent, and no other';
  const findings = invitations.flatMap((invitation) => {
    const contradiction = contradictionAtProvider(invitation);
    return contradiction ? [invitationFinding(invitation, contradiction)] : [];
  });
  const unknowns = unknown.map((id) => importFinding(`the provider has ${id}, which is not in the ledger`));
  return checkedAtProvider('I4', claim, [...findings, ...unknowns], snapshot);
}

function contradictionAtProvider({ acceptedIds, state, providerId }: SnapshotInvitation): string | undefined {
  if (acceptedIds === null) return undefined;
  if (acceptedIds.length > 0 && !MAY_BE_AT_PROVIDER.includes(state)) return `is ${state}, but the provider has it`;
  if (!ACCEPTED_BY_PROVIDER.includes(state)) return undefined;
  if (acceptedIds.length === 0) return `is ${state}, but the provider does not have it`;
  const isSame = providerId !== undefined && acceptedIds.includes(providerId);
  return isSame ? undefined : 'has another id at the provider than in the ledger';
}

function neverBackwards({ invitations }: ImportSnapshot): Invariant {
  const findings = invitations.flatMap((one) => {
    const states = one.trail.map(({ state }) => state);
    const jump = states.findIndex((state, i) => i > 0 && !canFollow(states[i - 1]!, state));
    if (jump > 0) return [invitationFinding(one, `went from ${states[jump - 1]} to ${states[jump]}`)];
    return states.at(-1) === one.state
      ? []
      : [invitationFinding(one, `is ${one.state}, but its trail ends at ${states.at(-1)}`)];
  });
  return invariant('I5', 'No state has gone backwards', findings);
}

function viewsAgree({ isAtRest, api, query, report, invitations, rows }: ImportSnapshot): Invariant {
  const claim = 'The API, the workflow and the report show the same counts';
  if (!isAtRest) return notAtRest('I6', claim);
  const ledger = countOf(rows, current(invitations));
  const findings = [
    ...differences('the API', flatten(api), ledger),
    ...differences('the report', flatten(report), ledger),
    ...(query ? workflowDiffers(query, api, ledger) : []),
  ];
  const remark = query ? null : 'The workflow did not answer, so its counts were not compared.';
  return { ...invariant('I6', claim, findings), remark };
}

/**
 * A workflow is not told of messages that have arrived, and one that has ended not of those that came back, so its sent
 * invitations may have any later state. With as many that came back as in the ledger, its status must be the same.
 */
function workflowDiffers(query: ImportProgress, api: ImportProgress, ledger: Map<string, number>): AuditFinding[] {
  const shown = flatten(query);
  const findings = differences('the workflow', asSent(shown, SENT_OR_LATER), asSent(ledger, SENT_OR_LATER));
  const isUpToDate = differences('the workflow', asSent(shown, ARRIVED), asSent(ledger, ARRIVED)).length === 0;
  if (isUpToDate && query.status !== api.status) {
    findings.push(importFinding(`the workflow is ${query.status}, the API shows ${api.status}`));
  }
  return findings;
}

/** Numbers of rows and invitations by names such as `rows created` and `sms sent`. */
type Counts = ReadonlyMap<string, number>;

function countOf(rows: ImportSnapshot['rows'], invitations: readonly SnapshotInvitation[]): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { status } of rows) count(`rows ${status}`);
  for (const { channel, state } of invitations) count(`${channel} ${state}`);
  return counts;
}

const flatten = ({ rows, invitations }: Pick<ImportProgress, 'rows' | 'invitations'>): Map<string, number> =>
  new Map([
    ...Object.entries(rows).map(([status, count]) => [`rows ${status}`, count] as const),
    ...CHANNELS.flatMap((channel) =>
      Object.entries(invitations[channel]).map(([state, count]) => [`${channel} ${state}`, count] as const),
    ),
  ]);

/** The same, with each of these states counted as `sent`. */
function asSent(counts: Counts, states: readonly InvitationState[]): Map<string, number> {
  const coarse = new Map<string, number>();
  for (const [key, count] of counts) {
    const [kind, state] = key.split(' ') as [string, InvitationState];
    const name = states.includes(state) ? `${kind} sent` : key;
    coarse.set(name, (coarse.get(name) ?? 0) + count);
  }
  return coarse;
}

const differences = (source: string, shown: Counts, ledger: Counts): AuditFinding[] =>
  [...new Set([...shown.keys(), ...ledger.keys()])].flatMap((key) => {
    const [one, other] = [shown.get(key) ?? 0, ledger.get(key) ?? 0];
    return one === other ? [] : [importFinding(`${key}: ${source} shows ${one}, the ledger ${other}`)];
  });

const current = (invitations: readonly SnapshotInvitation[]): SnapshotInvitation[] =>
  invitations.filter(({ superseded }) => !superseded);

function checkedAtProvider(
  id: Invariant['id'],
  claim: string,
  findings: AuditFinding[],
  { invitations, unlisted = [], unfinished = [] }: ImportSnapshot,
): Invariant {
  const unread = invitations.filter(({ acceptedIds }) => acceptedIds === null);
  const remarks = CHANNELS.flatMap((channel) => {
    const count = unread.filter((invitation) => invitation.channel === channel).length;
    const why = unlisted.includes(channel)
      ? 'keeps no list of its messages'
      : unfinished.includes(channel)
        ? 'was asked about some of them, chosen by lot, for as long as an audit may take'
        : 'could not be asked';
    return count > 0 ? [`The provider of ${channel} ${why}, so ${count} were not compared.`] : [];
  });
  const remark = remarks.length > 0 ? remarks.join(' ') : null;
  const noneRead = unread.length > 0 && unread.length === invitations.length;
  return { ...invariant(id, claim, findings), ...(noneRead && { ok: null }), remark };
}

const invariant = (id: Invariant['id'], claim: string, findings: AuditFinding[]): Invariant => ({
  id,
  claim,
  ok: findings.length === 0,
  findings,
  remark: null,
});

const notAtRest = (id: Invariant['id'], claim: string): Invariant => ({
  ...invariant(id, claim, []),
  ok: null,
  remark: 'The import is not finished, or is paused.',
});

const importFinding = (detail: string): AuditFinding => ({ row: null, channel: null, detail });
const rowFinding = (row: number, detail: string): AuditFinding => ({ row, channel: null, detail });
const invitationFinding = ({ row, channel, generation }: SnapshotInvitation, detail: string): AuditFinding => ({
  row,
  channel,
  detail: `generation ${generation} ${detail}`,
});

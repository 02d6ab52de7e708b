import { CHANNELS } from '../../contract/invitation';
import type { ImportProgress } from '../../contract/import';
import type { InvitationState } from '../../contract/invitation';
import type { RowStatus } from '../../contract/row';
import { canFollow } from '../invitations/transitions';
import type { ImportSnapshot, AuditFinding, Invariant, SnapshotInvitation } from './snapshot';

const CARRIED_OUT: readonly RowStatus[] = ['created', 'updated', 'unchanged'];
const ACCEPTED_BY_PROVIDER: readonly InvitationState[] = ['sent', 'delivered', 'bounced'];
const SENT_OR_LATER: readonly InvitationState[] = [...ACCEPTED_BY_PROVIDER, 'accepted'];
/** What the provider may hold, though we do not say that it was sent: on its way, in doubt, or followed by the person. */
const MAY_BE_HELD: readonly InvitationState[] = [...ACCEPTED_BY_PROVIDER, 'sending', 'unconfirmed', 'accepted'];

/** Judges the books of one import by the six rules that hold whatever has broken on the way. */
export function checkInvariants(books: ImportSnapshot): Invariant[] {
  return [
    rowsAddUp(books),
    nothingLeftOver(books),
    atMostOnce(books),
    idsMatch(books),
    neverBack(books),
    viewsAgree(books),
  ];
}

function rowsAddUp({ rows, api }: ImportSnapshot): Invariant {
  const seen = new Set<number>();
  const findings: AuditFinding[] = [];
  for (const { row, status, hasPerson } of rows) {
    if (seen.has(row)) findings.push(ofRow(row, 'is there twice'));
    seen.add(row);
    if (CARRIED_OUT.includes(status) && !hasPerson)
      findings.push(ofRow(row, `is ${status}, but its person is not there`));
  }
  const counted = Object.values(api.rows).reduce((sum, count) => sum + count, 0);
  if (counted !== rows.length || api.lines !== rows.length) {
    findings.push(ofAll(`${rows.length} lines, of which ${counted} are counted`));
  }
  return invariant('I1', 'Every line has one status, and whoever was created is there', findings);
}

function nothingLeftOver({ isAtRest, rows, invitations }: ImportSnapshot): Invariant {
  const claim = 'Nothing is left pending or sending';
  if (!isAtRest) return { ...invariant('I2', claim, []), ok: null, remark: 'The import is on its way or held back.' };
  const open = current(invitations).filter(({ state }) => state === 'pending' || state === 'sending');
  return invariant('I2', claim, [
    ...rows.filter(({ status }) => status === 'pending').map(({ row }) => ofRow(row, 'is still pending')),
    ...open.map((one) => of(one, `is still ${one.state}`)),
  ]);
}

function atMostOnce({ invitations }: ImportSnapshot): Invariant {
  const findings = invitations.flatMap((one) =>
    one.held && one.held.length > 1 ? [of(one, `was accepted ${one.held.length} times by the provider`)] : [],
  );
  return judgedByProvider('I3', 'The provider has accepted each generation at most once', findings, invitations);
}

function idsMatch({ invitations, unknown }: ImportSnapshot): Invariant {
  const findings = invitations.flatMap((one) => {
    const { held, state, providerId } = one;
    if (held === null) return [];
    if (held.length > 0 && !MAY_BE_HELD.includes(state)) return [of(one, `is ${state}, but the provider holds it`)];
    if (!ACCEPTED_BY_PROVIDER.includes(state)) return [];
    if (held.length === 0) return [of(one, `is ${state}, but the provider does not know it`)];
    return providerId !== undefined && held.includes(providerId)
      ? []
      : [of(one, `is known to the provider by another id than to us`)];
  });
  const strangers = unknown.map((id) => ofAll(`the provider holds ${id}, which is not in the ledger`));
  return judgedByProvider(
    'I4',
    'What is shown as sent is what the provider holds',
    [...findings, ...strangers],
    invitations,
  );
}

function neverBack({ invitations }: ImportSnapshot): Invariant {
  const findings = invitations.flatMap((one) => {
    const states = one.trail.map(({ state }) => state);
    const jump = states.findIndex((state, i) => i > 0 && !canFollow(states[i - 1]!, state));
    if (jump > 0) return [of(one, `went from ${states[jump - 1]} to ${states[jump]}`)];
    return states.at(-1) === one.state ? [] : [of(one, `is ${one.state}, but its trail ends at ${states.at(-1)}`)];
  });
  return invariant('I5', 'No state has gone back', findings);
}

function viewsAgree({ isAtRest, api, query, report, invitations, rows }: ImportSnapshot): Invariant {
  const claim = 'The API, the workflow and the report show the same counts';
  if (!isAtRest) return { ...invariant('I6', claim, []), ok: null, remark: 'The import is on its way or held back.' };
  const ledger = countOf(rows, current(invitations));
  const findings = [
    ...differences('the API', flatten(api), ledger),
    ...differences('the report', flatten(report), ledger),
    ...(query ? workflowDiffers(query, api, ledger) : []),
  ];
  const remark = query ? null : 'The workflow did not answer, so its counts were left out.';
  return { ...invariant('I6', claim, findings), remark };
}

/**
 * A workflow that has ended hears of nothing any more, and reports of delivery go on to come: what has become of sent
 * invitations since is not held against it.
 */
function workflowDiffers(query: ImportProgress, api: ImportProgress, ledger: Map<string, number>): AuditFinding[] {
  const shown = flatten(query);
  const findings = differences('the workflow', asSent(shown), asSent(ledger));
  const knowsAll = differences('the workflow', shown, ledger).length === 0;
  if (knowsAll && query.status !== api.status) {
    findings.push(ofAll(`the workflow is ${query.status}, the API shows ${api.status}`));
  }
  return findings;
}

/** How many rows and invitations are in each state, by names such as `rows created` and `sms sent`. */
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

/** The same with everything that becomes of an accepted message taken together. */
function asSent(counts: Counts): Map<string, number> {
  const coarse = new Map<string, number>();
  for (const [key, count] of counts) {
    const [what, state] = key.split(' ') as [string, InvitationState];
    const name = SENT_OR_LATER.includes(state) ? `${what} sent` : key;
    coarse.set(name, (coarse.get(name) ?? 0) + count);
  }
  return coarse;
}

const differences = (who: string, shown: Counts, ledger: Counts): AuditFinding[] =>
  [...new Set([...shown.keys(), ...ledger.keys()])].flatMap((key) => {
    const [one, other] = [shown.get(key) ?? 0, ledger.get(key) ?? 0];
    return one === other ? [] : [ofAll(`${key}: ${who} shows ${one}, the ledger ${other}`)];
  });

const current = (invitations: readonly SnapshotInvitation[]): SnapshotInvitation[] =>
  invitations.filter(({ superseded }) => !superseded);

function judgedByProvider(
  id: Invariant['id'],
  claim: string,
  findings: AuditFinding[],
  invitations: readonly SnapshotInvitation[],
): Invariant {
  const unread = invitations.filter(({ held }) => held === null);
  const channels = [...new Set(unread.map(({ channel }) => channel))].join(' and ');
  const remark = unread.length > 0 ? `The record of the provider of ${channels} cannot be read.` : null;
  const nothingRead = unread.length > 0 && unread.length === invitations.length;
  return { ...invariant(id, claim, findings), ...(nothingRead && { ok: null }), remark };
}

const invariant = (id: Invariant['id'], claim: string, findings: AuditFinding[]): Invariant => ({
  id,
  claim,
  ok: findings.length === 0,
  findings,
  remark: null,
});

const ofAll = (detail: string): AuditFinding => ({ row: null, channel: null, detail });
const ofRow = (row: number, detail: string): AuditFinding => ({ row, channel: null, detail });
const of = ({ row, channel, generation }: SnapshotInvitation, detail: string): AuditFinding => ({
  row,
  channel,
  detail: `generation ${generation} ${detail}`,
});

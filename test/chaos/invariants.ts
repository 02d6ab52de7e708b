import type { ImportProgress } from '../../contract/import';
import { isResting } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import { emptyProgress, deriveStatus } from '../../contract/progress';
import { emailKey } from '../../domain/person';
import { canFollow } from '../../domain/invitations/transitions';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';
import type { InvitationDoc, PersonDoc, RowDoc } from '../../store/documents';
import type { ImportAnswer } from '../support/api-caller';
import type { Person } from '../support/people';

/** Everything known of an import at rest. */
export interface Evidence {
  /** The sandbox's own record of accepted messages to the people of the file. The sandbox is never killed. */
  ledger: LedgerMessage[];
  rows: RowDoc[];
  people: PersonDoc[];
  /** All generations. */
  invitations: InvitationDoc[];
  api: ImportAnswer;
  query: ImportProgress;
  /** Whether the workflow has ended: then it ignores callbacks. */
  isClosed: boolean;
  /** Lines of the report, by header. */
  report: Record<string, string>[];
}

const PROVIDER = { email: 'sendgrid', sms: 'twilio' } as const satisfies Record<Channel, LedgerMessage['provider']>;
const OPEN: readonly InvitationState[] = ['pending', 'sending'];
const ACCEPTED: readonly InvitationState[] = ['sent', 'delivered', 'bounced'];
const NOT_ACCEPTED: readonly InvitationState[] = ['failed', 'suppressed', 'cancelled'];
const UNFINISHED = ['paused', 'awaiting-approval', 'waiting'];

/** I1: each row of the file exists once; each row shown as created has one person with an invitation on both channels. */
export function rowsAddUp({ rows, people, invitations, api }: Evidence, given: readonly Person[]): string[] {
  const violations: string[] = [];
  if (rows.length !== given.length)
    violations.push(`I1: the file has ${given.length} rows, the database has ${rows.length}`);
  const sum = Object.values(api.rows).reduce((a, b) => a + b, 0);
  if (sum !== api.lines || api.lines !== given.length) {
    violations.push(`I1: the file has ${given.length} rows, shown are ${api.lines} lines and ${sum} rows`);
  }
  const byKey = group(people, ({ emailKey: key }) => key);
  const byRow = group(
    invitations.filter(({ superseded }) => !superseded),
    ({ row, channel }) => `${row} ${channel}`,
  );
  given.forEach(({ email }, i) => {
    const row = rows.find((one) => one.row === i + 2);
    const count = byKey.get(emailKey(email))?.length ?? 0;
    const isThere = row !== undefined && ['created', 'updated', 'unchanged'].includes(row.status);
    if (count !== (isThere ? 1 : 0))
      violations.push(`I1: line ${i + 2} is ${row?.status ?? 'lost'}, with ${count} people`);
    if (!isThere) return;
    for (const channel of CHANNELS) {
      const current = byRow.get(`${i + 2} ${channel}`)?.length ?? 0;
      if (current !== 1) violations.push(`I1: line ${i + 2} has ${current} current invitations by ${channel}`);
    }
  });
  return violations;
}

/** I7: a row is rejected if and only if its cells say so, and a rejected row has nobody who could be invited. */
export const rejectedAsDeclared = ({ rows }: Evidence, rejected: readonly number[]): string[] =>
  rows
    .filter(({ row, status }) => (status === 'rejected') !== rejected.includes(row))
    .map(({ row, status }) => `I7: line ${row} is ${status}`);

/** I8: no message goes to an address or a number that nobody has meant. */
export function nobodyElse(ledger: readonly LedgerMessage[], meant: readonly Person[]): string[] {
  const addresses = new Set(meant.flatMap(({ email, mobile }) => [email, mobile]));
  return ledger
    .filter(({ to }) => !addresses.has(to))
    .map(({ id, to }) => `I8: ${id} went to ${to}, whom nobody meant`);
}

/** I2: nothing is unfinished, and the status follows from the counts. */
export function nothingIsOpen({ rows, invitations, api }: Evidence): string[] {
  const violations: string[] = [];
  if (!isResting(api.status) || UNFINISHED.includes(api.status)) {
    violations.push(`I2: the import is ${api.status}, which is not an end`);
  }
  if (!['cancelled', 'failed'].includes(api.status) && deriveStatus(api) !== api.status) {
    violations.push(`I2: the import is shown as ${api.status}, but by its counts it is ${deriveStatus(api)}`);
  }
  for (const { row, status } of rows) if (status === 'pending') violations.push(`I2: line ${row} is pending`);
  for (const { _id, state } of invitations) if (OPEN.includes(state)) violations.push(`I2: ${_id} is ${state}`);
  return violations;
}

/** I3: by the ledger alone, each person has at most one message per channel and generation, and each link was sent once. */
export function nobodyTwice({ ledger }: Evidence, given: readonly Person[], generations: number): string[] {
  const violations: string[] = [];
  const byAddress = group(ledger, ({ provider, to }) => `${provider} ${to}`);
  given.forEach(({ email, mobile }, i) => {
    for (const [channel, to] of [
      ['email', email],
      ['sms', mobile],
    ] as const) {
      const count = byAddress.get(`${PROVIDER[channel]} ${to}`)?.length ?? 0;
      if (count > generations) violations.push(`I3: line ${i + 2} was invited ${count} times by ${channel}`);
    }
  });
  for (const [token, messages] of group(ledger, tokenOf)) {
    if (messages.length > 1) violations.push(`I3: the link of ${token} was sent ${messages.length} times`);
  }
  return violations;
}

/** I4: the ledger has exactly the messages that are shown as sent, under their provider ids. */
export function matchesLedger({ ledger, invitations }: Evidence): string[] {
  const violations: string[] = [];
  const byToken = new Map(ledger.map((message) => [tokenOf(message), message]));
  for (const { _id, state, token, channel, providerId, trail } of invitations) {
    const message = byToken.get(token);
    byToken.delete(token);
    if (message && message.provider !== PROVIDER[channel])
      violations.push(`I4: ${_id} was sent by ${message.provider}`);
    if (message?.customArgs && message.customArgs['invitation'] !== _id) {
      violations.push(`I4: the message of ${_id} names ${message.customArgs['invitation'] ?? 'none'}`);
    }
    if (ACCEPTED.includes(state) && message?.id !== providerId) {
      violations.push(
        `I4: ${_id} is ${state} as ${providerId ?? 'nothing'}; the ledger has ${message?.id ?? 'nothing'}`,
      );
    }
    const wasReported = trail.some((step) => ACCEPTED.includes(step.state));
    if (NOT_ACCEPTED.includes(state) && message && !wasReported) {
      violations.push(`I4: ${_id} is ${state}, but the ledger has ${message.id}`);
    }
  }
  for (const { id } of byToken.values()) violations.push(`I4: the ledger has ${id}, which belongs to no invitation`);
  return violations;
}

/** I5: each state follows from the one before by an allowed transition, and the last one is shown. */
export function noStateWentBack({ invitations }: Evidence): string[] {
  return invitations.flatMap(({ _id, state, trail }) => {
    const states = trail.map((step) => step.state);
    const path = `I5: ${_id} went ${states.join(', ')}`;
    const first = states[0];
    if (first === undefined || states.at(-1) !== state) return [`${path}, and is ${state}`];
    if (first !== 'pending' && first !== 'suppressed') return [`${path}, which is an invalid start`];
    const isBroken = states.slice(1).some((to, i) => !canFollow(states[i]!, to));
    const times = trail.map(({ at }) => at.getTime());
    // The first time is by the worker's clock, the others by the database's.
    const isLate = times.slice(1).some((time, i) => i > 0 && time < times[i]!);
    return [...(isBroken ? [`${path}: an invalid transition`] : []), ...(isLate ? [`${path}, back in time`] : [])];
  });
}

/** I6: the API, the workflow and the report show the counts of the database. */
export function viewsAgree({ rows, invitations, api, query, isClosed, report }: Evidence): string[] {
  const counted = emptyProgress(api.id, api.status);
  const exported = emptyProgress(api.id, api.status);
  for (const { status } of rows) {
    counted.rows[status] += 1;
    counted.lines += 1;
  }
  for (const { channel, state, superseded } of invitations) {
    if (!superseded) counted.invitations[channel][state] += 1;
  }
  for (const line of report) {
    exported.rows[line['Status'] as keyof typeof exported.rows] += 1;
    exported.lines += 1;
    for (const [channel, header] of REPORT_COLUMNS) {
      const state = line[header] as InvitationState | '' | undefined;
      if (state) exported.invitations[channel][state] += 1;
    }
  }
  const comparable = isClosed ? withoutCallbacks : asSent;
  return [
    ...difference('the API', pick(api), pick(counted)),
    ...difference('the report', pick(exported), pick(counted)),
    ...difference('the workflow', comparable(query), comparable(counted)),
  ];
}

function difference(name: string, view: object, counted: object): string[] {
  const [shown, expected] = [JSON.stringify(view), JSON.stringify(counted)];
  return shown === expected ? [] : [`I6: the database has ${expected}, ${name} has ${shown}`];
}

type Counts = Pick<ImportProgress, 'lines' | 'rows' | 'invitations'>;

/** Counts as a workflow knows them, which is not told of what has arrived. */
function asSent({ invitations, ...rest }: Counts): object {
  const fold = ({ sent, delivered, accepted, ...others }: ImportProgress['invitations'][Channel]) => ({
    ...others,
    sent: sent + delivered + accepted,
    delivered: 0,
    accepted: 0,
  });
  return pick({ ...rest, invitations: { email: fold(invitations.email), sms: fold(invitations.sms) } });
}

/** Counts without the news of callbacks, as an ended workflow knows them. */
function withoutCallbacks({ invitations, ...rest }: Counts): object {
  const fold = ({ bounced, ...others }: ImportProgress['invitations'][Channel]) => ({
    ...others,
    sent: others.sent + bounced,
    bounced: 0,
  });
  return asSent({ ...rest, invitations: { email: fold(invitations.email), sms: fold(invitations.sms) } });
}

const REPORT_COLUMNS = [
  ['email', 'Invitation by e-mail'],
  ['sms', 'Invitation by SMS'],
] as const;

/** Counts with sorted keys, for comparison. */
function pick({ lines, rows, invitations }: Counts): object {
  const sorted = (counts: object): object =>
    Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)));
  return { lines, rows: sorted(rows), email: sorted(invitations.email), sms: sorted(invitations.sms) };
}

/** Token of the link in a message, which identifies the invitation. */
const tokenOf = ({ body, id }: LedgerMessage): string => /\/join\/([\w-]+)/.exec(body)?.[1] ?? `a message ${id}`;

function group<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const same = groups.get(keyOf(item));
    if (same) same.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

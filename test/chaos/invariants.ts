import type { ImportProgress } from '../../contract/import';
import { RESTING_STATUSES } from '../../contract/import';
import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';
import { emptyProgress, deriveStatus } from '../../contract/progress';
import { emailKey } from '../../domain/person';
import { canFollow } from '../../domain/invitations/transitions';
import type { LedgerMessage } from '../../sandbox/ledger/ledger';
import type { InvitationDoc, PersonDoc, RowDoc } from '../../store/documents';
import type { ImportAnswer } from '../support/api-caller';
import type { Person } from '../support/people';

/** Everything there is to be known of an import at rest. */
export interface Evidence {
  /** The sandbox's own record, which no kill reaches: what was accepted for the people of the file. */
  ledger: LedgerMessage[];
  rows: RowDoc[];
  people: PersonDoc[];
  /** All generations. */
  invitations: InvitationDoc[];
  api: ImportAnswer;
  query: ImportProgress;
  /** Whether the workflow has ended: then it hears of no callback any more. */
  isClosed: boolean;
  /** The report, each line by its header. */
  report: Record<string, string>[];
}

const PROVIDER = { email: 'sendgrid', sms: 'twilio' } as const satisfies Record<Channel, LedgerMessage['provider']>;
const OPEN: readonly InvitationState[] = ['pending', 'sending'];
const ACCEPTED: readonly InvitationState[] = ['sent', 'delivered', 'bounced'];
const NOT_ACCEPTED: readonly InvitationState[] = ['failed', 'suppressed', 'cancelled'];
const UNFINISHED = ['paused', 'awaiting-approval', 'waiting'];

/** I1: each row of the file is there once, and each that is shown as created has made one person, who has both invitations. */
export function rowsAddUp({ rows, people, invitations, api }: Evidence, given: readonly Person[]): string[] {
  const found: string[] = [];
  if (rows.length !== given.length) found.push(`I1: the file has ${given.length} rows, the books have ${rows.length}`);
  const sum = Object.values(api.rows).reduce((a, b) => a + b, 0);
  if (sum !== api.lines || api.lines !== given.length) {
    found.push(`I1: the file has ${given.length} rows, shown are ${api.lines} lines and ${sum} rows`);
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
    if (count !== (isThere ? 1 : 0)) found.push(`I1: line ${i + 2} is ${row?.status ?? 'lost'}, with ${count} people`);
    if (!isThere) return;
    for (const channel of CHANNELS) {
      const current = byRow.get(`${i + 2} ${channel}`)?.length ?? 0;
      if (current !== 1) found.push(`I1: line ${i + 2} has ${current} current invitations by ${channel}`);
    }
  });
  return found;
}

/** I2: nothing is left half done, and the status is the one that follows from the counts. */
export function nothingIsOpen({ rows, invitations, api }: Evidence): string[] {
  const found: string[] = [];
  if (!RESTING_STATUSES.includes(api.status) || UNFINISHED.includes(api.status)) {
    found.push(`I2: the import is ${api.status}, which is no end`);
  }
  if (!['cancelled', 'failed'].includes(api.status) && deriveStatus(api) !== api.status) {
    found.push(`I2: the import is shown as ${api.status}, but by its counts it is ${deriveStatus(api)}`);
  }
  for (const { row, status } of rows) if (status === 'pending') found.push(`I2: line ${row} is pending`);
  for (const { _id, state } of invitations) if (OPEN.includes(state)) found.push(`I2: ${_id} is ${state}`);
  return found;
}

/** I3: nobody has got more messages on a channel than generations, and no link was sent twice. By the ledger alone. */
export function nobodyTwice({ ledger }: Evidence, given: readonly Person[], generations: number): string[] {
  const found: string[] = [];
  const byAddress = group(ledger, ({ provider, to }) => `${provider} ${to}`);
  given.forEach(({ email, mobile }, i) => {
    for (const [channel, to] of [
      ['email', email],
      ['sms', mobile],
    ] as const) {
      const count = byAddress.get(`${PROVIDER[channel]} ${to}`)?.length ?? 0;
      if (count > generations) found.push(`I3: line ${i + 2} was invited ${count} times by ${channel}`);
    }
  });
  for (const [token, messages] of group(ledger, tokenOf)) {
    if (messages.length > 1) found.push(`I3: the link of ${token} was sent ${messages.length} times`);
  }
  return found;
}

/** I4: what is shown as sent is in the ledger under its provider id, what is shown as not sent is not, and nothing else is. */
export function booksMatchTheLedger({ ledger, invitations }: Evidence): string[] {
  const found: string[] = [];
  const byToken = new Map(ledger.map((message) => [tokenOf(message), message]));
  for (const { _id, state, token, channel, providerId, trail } of invitations) {
    const message = byToken.get(token);
    byToken.delete(token);
    if (message && message.provider !== PROVIDER[channel]) found.push(`I4: ${_id} was sent by ${message.provider}`);
    if (message?.customArgs && message.customArgs['invitation'] !== _id) {
      found.push(`I4: the message of ${_id} names ${message.customArgs['invitation'] ?? 'none'}`);
    }
    if (ACCEPTED.includes(state) && message?.id !== providerId) {
      found.push(`I4: ${_id} is ${state} as ${providerId ?? 'nothing'}; the ledger has ${message?.id ?? 'nothing'}`);
    }
    const wasReported = trail.some((step) => ACCEPTED.includes(step.state));
    if (NOT_ACCEPTED.includes(state) && message && !wasReported) {
      found.push(`I4: ${_id} is ${state}, but the ledger has ${message.id}`);
    }
  }
  for (const { id } of byToken.values()) found.push(`I4: the ledger has ${id}, which belongs to no invitation`);
  return found;
}

/** I5: each state follows from the one before by a move that there is, and the last one is the one that is shown. */
export function noStateWentBack({ invitations }: Evidence): string[] {
  return invitations.flatMap(({ _id, state, trail }) => {
    const states = trail.map((step) => step.state);
    const path = `I5: ${_id} went ${states.join(', ')}`;
    const first = states[0];
    if (first === undefined || states.at(-1) !== state) return [`${path}, and is ${state}`];
    if (first !== 'pending' && first !== 'suppressed') return [`${path}, which is no beginning`];
    const isBroken = states.slice(1).some((to, i) => !canFollow(states[i]!, to));
    const times = trail.map(({ at }) => at.getTime());
    // The first is by the clock of whoever has staged it, the others by the database's.
    const isLate = times.slice(1).some((time, i) => i > 0 && time < times[i]!);
    return [...(isBroken ? [`${path}: no move does that`] : []), ...(isLate ? [`${path}, back in time`] : [])];
  });
}

/** I6: the API, the workflow and the report show what is in the books. */
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
  const toTheEnd = isClosed ? asOfTheEnd : pick;
  return [
    ...difference('the API', pick(api), pick(counted)),
    ...difference('the report', pick(exported), pick(counted)),
    ...difference('the workflow', toTheEnd(query), toTheEnd(counted)),
  ];
}

function difference(name: string, view: object, books: object): string[] {
  const [shown, held] = [JSON.stringify(view), JSON.stringify(books)];
  return shown === held ? [] : [`I6: the books have ${held}, ${name} has ${shown}`];
}

type Counts = Pick<ImportProgress, 'lines' | 'rows' | 'invitations'>;

/** The counts without what callbacks tell: what a workflow that has ended can know. */
function asOfTheEnd({ invitations, ...rest }: Counts): object {
  const fold = ({ sent, delivered, bounced, accepted, ...others }: ImportProgress['invitations'][Channel]) => ({
    ...others,
    sent: sent + delivered + bounced + accepted,
    delivered: 0,
    bounced: 0,
    accepted: 0,
  });
  return pick({ ...rest, invitations: { email: fold(invitations.email), sms: fold(invitations.sms) } });
}

const REPORT_COLUMNS = [
  ['email', 'Invitation by e-mail'],
  ['sms', 'Invitation by SMS'],
] as const;

/** The counts in one order, whoever has counted. */
function pick({ lines, rows, invitations }: Counts): object {
  const sorted = (counts: object): object =>
    Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)));
  return { lines, rows: sorted(rows), email: sorted(invitations.email), sms: sorted(invitations.sms) };
}

/** The secret of the link in a message, by which it is known whose it is. */
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

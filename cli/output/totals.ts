import type { ImportKind } from '../../contract/import';
import type { DeferReason } from '../../contract/sending/schedule';
import { countNeedingAttention } from '../../contract/progress';
import { isError } from './listed-problems';
import { dayInWords, formatMoment } from '../moments/moments';
import { countOf, printable } from './text';
import { shortId } from '../http/find-id';
import type { BatchView, ImportSummary, ImportView, PlanView, RowView, SameFileView, UnionView } from '../http/views';

const NOUNS = { clients: ['client', 'clients'], staff: ['member of staff', 'members of staff'] } as const;
const people = (count: number, kind: ImportKind): string => countOf(count, NOUNS[kind][0], NOUNS[kind][1]);

/** One import in one sentence; `status` as it is to be shown. */
export function formatTotals(view: ImportSummary, warnings: number, status: string = view.status): string {
  const begin = `${printable(view.fileName)}: ${status}.`;
  if (view.problems.some(isError)) return `${begin} The file as a whole was rejected; nothing of it was imported.`;
  const lines = countOf(view.lines, 'line');
  const warned = warnings > 0 ? `; ${countOf(warnings, 'warning')}` : '';
  if (view.status === 'awaiting-approval') return `${begin} ${lines}; nothing was created or sent yet${warned}.`;
  const failed = countNeedingAttention(view);
  return (
    `${begin} ${[lines, ...countRows(view)].join(', ')}; ` +
    `invited ${countSent(view.invitations.email)} by e-mail and ${countSent(view.invitations.sms)} by SMS` +
    `${failed > 0 ? `; ${countOf(failed, 'invitation')} to look at` : ''}${warned}.`
  );
}

function countRows({ kind, rows }: ImportSummary): string[] {
  const seldom: [number, string][] = [
    [rows.updated, 'changed'],
    [rows.unchanged, 'known already'],
    [rows.skipped, 'skipped'],
    [rows.ignored, 'put aside'],
    [rows.waiting, 'waiting'],
    [rows.pending, 'still to come'],
    [rows.cancelled, 'cancelled'],
    [rows.undone, 'undone'],
  ];
  return [
    `${people(rows.created, kind)} created`,
    ...seldom.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
    `${countOf(rows.rejected, 'row')} rejected`,
  ];
}

const countSent = ({ sent, delivered, accepted }: Record<'sent' | 'delivered' | 'accepted', number>): number =>
  sent + delivered + accepted;

/** A file together with the files that correct it. */
export function formatUnion({ lines, waiting, open, passes }: UnionView): string {
  const done = passes.map((pass) => `${pass.done} by ${printable(pass.fileName)}`).join(', ');
  const waits = waiting > 0 ? `${waiting} waiting, ` : '';
  return `  Together with its corrections: ${countOf(lines, 'line')}, ${done}, ${waits}${open} open.`;
}

/** That the very same file was imported before. */
export function formatSameFile({ id, fileName, createdAt, lines, present }: SameFileView): string {
  const which =
    present === lines ? (lines === 1 ? 'its one line' : `all ${lines} lines`) : `${present} of its ${lines} lines`;
  const there = `${which} ${present === 1 ? 'is' : 'are'} there`;
  return `  This is ${printable(fileName)} of ${dayInWords(createdAt)}: ${there} (import ${shortId(id)}).`;
}

/** A batch in one sentence. */
export function formatBatch({ createdAt, status, files, lines, rows, invitations }: BatchView): string {
  const rejected = files.rejected > 0 ? `, ${files.rejected} rejected` : '';
  return (
    `Upload of ${formatMoment(createdAt)}: ${status}. ${countOf(files.total, 'file')}${rejected}, ` +
    `${countOf(lines, 'line')}, ${rows.created} created, ${countOf(rows.rejected, 'row')} rejected; ` +
    `invited ${countSent(invitations.email)} by e-mail and ${countSent(invitations.sms)} by SMS.`
  );
}

/** Rows that leave a person as they are and still invite them, because they have not accepted yet. */
export const countInvitedAgain = (rows: readonly Pick<RowView, 'plan'>[]): number =>
  rows.filter(({ plan }) => plan.action === 'unchanged' && plan.channels.length > 0).length;

/** Whether applying the plan would neither change nor send anything. */
export const doesNothing = ({ actions, messages }: PlanView): boolean =>
  actions.create + actions.update + actions.wait + messages.email + messages.sms === 0;

/** The plan of a preview in numbers. */
export function formatPlan(
  { actions, messages, smsSegments, smsCost, atFirst }: PlanView,
  invitedAgain: number,
): string {
  const rows: [number, string][] = [
    [actions.create, 'to be created'],
    [actions.update, 'to be changed'],
    ...(invitedAgain > 0 ? [[invitedAgain, 'to be invited again'] as [number, string]] : []),
    [actions.unchanged - invitedAgain, 'to be left as they are'],
    [actions.skip, 'to be skipped'],
    ...(actions.ignore > 0 ? [[actions.ignore, 'put aside'] as [number, string]] : []),
    [actions.wait, 'to wait for active staff in their team'],
    [actions.reject, 'to be rejected'],
    ...(atFirst ? sends(atFirst, ' at first') : []),
    ...sends({ messages, smsSegments, smsCost }, atFirst ? ' at most' : ''),
  ];
  const width = Math.max(...rows.map(([count]) => String(count).length));
  return rows.map(([count, what]) => `  ${String(count).padStart(width)} ${what}`).join('\n');
}

const sends = (
  { messages, smsSegments, smsCost }: Pick<PlanView, 'messages' | 'smsSegments' | 'smsCost'>,
  when: string,
): [number, string][] => [
  [messages.email, `${invitations(messages.email)} by e-mail${when}`],
  [messages.sms, `${invitations(messages.sms)} by SMS${when}, in ${countOf(smsSegments, 'segment')}${about(smsCost)}`],
];

/** The cost in words that follow a number of segments; nothing where the organisation has set no price. */
export function about(cost: PlanView['smsCost']): string {
  if (cost === null) return '';
  const { amount, currency } = cost;
  const format = { style: 'currency', currencyDisplay: 'code', currency, maximumFractionDigits: 4 } as const;
  return `, about ${new Intl.NumberFormat('en', format).format(amount).replace('\u00a0', ' ')}`;
}

const invitations = (count: number): string => (count === 1 ? 'invitation' : 'invitations');

const BECAUSE: Readonly<Record<DeferReason, string>> = {
  'send-at': 'as was chosen',
  'quiet-hours': 'when it is day where their people may be',
  spread: 'others come first',
  'refused-at-night': 'when their country allows messages again',
  failover: 'unless the other channel reaches their people before',
};

/** What is sent later, and how to send it earlier; `null` where nothing is. */
export function formatDeferred(
  { id, deferred = [] }: Pick<ImportView, 'id' | 'deferred'>,
  commandLine: (args: string) => string,
): string | null {
  if (deferred.length === 0) return null;
  const lines = deferred.map(({ channel, because, count, from, to }) => {
    const times = from === to ? `at ${formatMoment(from)}` : `from ${formatMoment(from)} to ${formatMoment(to)}`;
    return `  ${count} by ${channel === 'sms' ? 'SMS' : 'e-mail'} will be sent ${times}: ${BECAUSE[because]}.`;
  });
  const isNight = deferred.some(({ because }) => because === 'quiet-hours');
  // These depend on what becomes of another message, and on no time that can be chosen.
  if (deferred.every(({ because }) => because === 'failover')) return lines.join('\n');
  const now = commandLine(`send-now ${shortId(id)}${isNight ? ' --in-quiet-hours' : ''}`);
  return [...lines, `  To send them now all the same: ${now}`].join('\n');
}

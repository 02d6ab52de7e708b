import type { ImportKind } from '../../contract/import';
import { countNeedingAttention } from '../../contract/progress';
import { isError } from './listed-problems';
import { countOf, printable } from './text';
import type { ImportView, UnionView } from '../http/views';

const NOUNS = { clients: ['client', 'clients'], staff: ['member of staff', 'members of staff'] } as const;
const people = (count: number, kind: ImportKind): string => countOf(count, NOUNS[kind][0], NOUNS[kind][1]);

/** One import in one sentence. */
export function formatTotals(view: ImportView, warnings: number): string {
  const begin = `${printable(view.fileName)}: ${view.status}.`;
  if (view.problems.some(isError)) return `${begin} The file as a whole was refused; nothing of it was imported.`;
  const lines = countOf(view.lines, 'line');
  const warned = warnings > 0 ? `; ${countOf(warnings, 'warning')}` : '';
  if (view.status === 'awaiting-approval') return `${begin} ${lines}; nothing was created or sent yet${warned}.`;
  const inNeed = countNeedingAttention(view);
  return (
    `${begin} ${[lines, ...whatWasDone(view)].join(', ')}; ` +
    `invited ${sentTo(view.invitations.email)} by e-mail and ${sentTo(view.invitations.sms)} by SMS` +
    `${inNeed > 0 ? `; ${countOf(inNeed, 'invitation')} to look at` : ''}${warned}.`
  );
}

function whatWasDone({ kind, rows }: ImportView): string[] {
  const seldom: [number, string][] = [
    [rows.updated, 'changed'],
    [rows.unchanged, 'known already'],
    [rows.skipped, 'skipped'],
    [rows.waiting, 'waiting'],
    [rows.pending, 'still to come'],
    [rows.cancelled, 'cancelled'],
  ];
  return [
    `${people(rows.created, kind)} created`,
    ...seldom.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`),
    `${countOf(rows.rejected, 'row')} refused`,
  ];
}

const sentTo = ({ sent, delivered, accepted }: Record<'sent' | 'delivered' | 'accepted', number>): number =>
  sent + delivered + accepted;

/** A file together with those that correct it. */
export function formatUnion({ lines, waiting, open, passes }: UnionView): string {
  const done = passes.map((pass) => `${pass.done} by ${printable(pass.fileName)}`).join(', ');
  const waits = waiting > 0 ? `${waiting} waiting, ` : '';
  return `  Together with its corrections: ${countOf(lines, 'line')}, ${done}, ${waits}${open} open.`;
}

import type { Channel } from '../../contract/invitation';
import { shortId } from '../http/find-id';
import type { FoundPersonView, UnmadeRowView } from '../http/views';
import { formatTable, sentence } from './table';
import { formatMoment } from '../moments/moments';
import { printable } from './text';

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = { email: 'e-mail', sms: 'SMS' };

/** Who it is, and each message of each row in a table. */
export function formatPerson(person: FoundPersonView, width: number, wide = width): string {
  const { firstName, lastName, email, mobile, kind } = person;
  const who = printable(`${firstName} ${lastName}, ${kind}: ${email}, ${mobile}`);
  const messages = person.rows.flatMap(({ import: { id, fileName }, line, status, messages: sent }) => {
    const row = [printable(fileName), shortId(id), String(line), status ?? 'no longer kept'];
    return sent.length === 0
      ? [[...row, '-', 'no message']]
      : sent.map(({ channel, generation, state, changedAt, problem }) => [
          ...row,
          formatMoment(changedAt),
          `${CHANNEL_NAMES[channel]}${generation > 1 ? ` (${generation})` : ''} ${state}` +
            (problem ? `: ${printable(problem.message)}` : ''),
        ]);
  });
  const head = ['FILE', 'IMPORT', 'LINE', 'ROW', 'SINCE', 'MESSAGE'];
  const table = messages.length === 0 ? '  No row and no message.' : formatTable([head, ...messages], width);
  return `${sentence(`${who}; ${formatStanding(person)}.`, wide, 0, 2)}\n  Id: ${printable(person.id)}\n\n${table}`;
}

function formatStanding({ active, activeSince, accepted, deactivated, optedOut }: FoundPersonView): string {
  const since = activeSince === null ? '' : ` since ${formatMoment(activeSince)}`;
  return [
    ...(deactivated ? ['deactivated'] : [active ? `active${since}` : 'has not accepted']),
    ...(accepted ? [`accepted by ${CHANNEL_NAMES[accepted.channel]} on ${formatMoment(accepted.at)}`] : []),
    ...optedOut.map((channel) => `wants no ${CHANNEL_NAMES[channel]}`),
  ].join('; ');
}

/** Rows that have created nobody, with their first problem. */
export function formatUnmadeRows(rows: readonly UnmadeRowView[], width: number): string {
  const cells = rows.map(({ import: { id, fileName }, line, status, problems, ...who }) => [
    printable(fileName),
    shortId(id),
    String(line),
    status,
    printable(`${who.firstName} ${who.lastName}, ${who.email}: ${problems[0]?.message ?? ''}`),
  ]);
  return `Rows that have created nobody:\n\n${formatTable([['FILE', 'IMPORT', 'LINE', 'ROW', 'WHO, AND WHY NOT'], ...cells], width)}`;
}

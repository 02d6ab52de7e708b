import { columnsOf } from '../../domain/columns';
import type { ColumnKey } from '../../domain/columns';
import { IMPORT_KINDS } from '../../contract/import';
import type { RowStoryView } from '../http/views';
import { CHANNEL_NAMES } from './found-people';
import { actionWords, nameActor } from './history';
import { formatTable } from './table';
import { formatMoment } from '../moments/moments';
import { countOf, printable } from './text';

type StoryEvent = RowStoryView['events'][number];

/** The cells as the file has them and as they are now. */
export function formatCells({ raw, cells }: Pick<RowStoryView, 'raw' | 'cells'>, width: number): string {
  const columns = new Map(
    IMPORT_KINDS.flatMap((kind) => columnsOf(kind)).map(({ key, header }): [ColumnKey, string] => [key, header]),
  );
  const rows = [...columns]
    .filter(([key]) => raw?.[key] !== undefined || cells[key] !== undefined)
    .map(([key, header]) => [header, quote(raw?.[key]), quote(cells[key])]);
  return formatTable([['COLUMN', raw ? 'IN THE FILE' : 'THE FILE IS GONE', 'NOW'], ...rows], width);
}

const quote = (cell: string | undefined): string => (cell === undefined || cell === '' ? '-' : `“${printable(cell)}”`);

/** What has happened, a line each. */
export const formatEvents = (events: readonly StoryEvent[], width: number): string =>
  formatTable(
    [['WHEN', 'WHAT'], ...events.map((event) => [formatMoment(event.at), printable(sentenceOf(event))])],
    width,
  );

function sentenceOf(event: StoryEvent): string {
  switch (event.kind) {
    case 'planned':
      return 'the file was read';
    case 'created':
      return 'the person was created';
    case 'put-aside':
      return `the row was put aside${event.reason === null ? '' : `: ${event.reason}`}`;
    case 'message':
      return `${nameMessage(event)} ${event.state}${detailsOf(event)}`;
    case 'report':
      return `${nameMessage(event)} reported as failed: ${reasonIn(event)}`;
    case 'address-changed':
      return `${nameMessage(event)}: the address was changed since`;
    case 'reminder-skipped':
      return `${nameMessage(event)}: a reminder was due, and skipped`;
    case 'opt-out':
      return `the person ${event.optedOut ? 'wants no more' : 'allows'} ${CHANNEL_NAMES[event.channel]}`;
    case 'action':
      return `${actionWords(event.action)} by ${nameActor(event.by)}`;
  }
}

const nameMessage = ({ channel, generation }: Extract<StoryEvent, { generation: number }>): string =>
  `${CHANNEL_NAMES[channel]}${generation > 1 ? ` (${generation})` : ''}`;

function detailsOf(event: Extract<StoryEvent, { kind: 'message' }>): string {
  const { state, reason, because, attempt, providerId, problem } = event;
  if (state === 'pending' && reason !== 'first') return `, a ${reason === 'failover' ? 'fail-over' : reason}`;
  if (because !== null) return `: ${because}`;
  if (attempt !== null) return attempt > 1 ? `, ${countOf(attempt, 'attempt')} by now` : '';
  if (problem) return `: ${reasonIn({ ...event, problem })}`;
  return providerId === null ? '' : ` (${providerId})`;
}

const reasonIn = ({
  problem,
  providerReason,
}: Pick<Extract<StoryEvent, { kind: 'report' }>, 'problem' | 'providerReason'>): string =>
  providerReason ?? problem.message;

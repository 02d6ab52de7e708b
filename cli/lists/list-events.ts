import type { Schemas } from '../../client/index';
import type { Session } from '../commands/session';
import type { Column } from '../data/formats';
import type { EventFilters } from '../http/lists';
import { formatMoment } from '../moments/moments';
import { showList } from './show-list';
import type { ListOptions } from './show-list';

type Event = Schemas['AuditEvent'];

/** A moment, an actor, an action and how it ended; the facts hold no personal data. */
const COLUMNS: readonly Column<Event>[] = [
  { heading: 'no.', of: ({ sequence }) => sequence, whole: true },
  { heading: 'when', of: ({ at }) => at, inTable: ({ at }) => formatMoment(at), whole: true },
  { heading: 'who', of: ({ actor }) => actor.name ?? actor.id },
  { heading: 'role', of: ({ actor }) => actor.role ?? actor.kind },
  { heading: 'action', of: ({ action }) => action, whole: true },
  { heading: 'on', of: ({ targets }) => targets.map(({ kind, id }) => `${kind} ${id}`).join('; ') },
  { heading: 'ended', of: ({ status, code }) => code ?? status },
  {
    heading: 'facts',
    of: ({ facts }) =>
      Object.entries(facts)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
  },
  { heading: 'from', of: ({ network }) => network },
];

/** The audit log of the organisation, the newest entry first. */
export const listEvents = (session: Session, filters: EventFilters, options: ListOptions): Promise<void> =>
  showList(session, session.api.listEvents(filters), COLUMNS, options);

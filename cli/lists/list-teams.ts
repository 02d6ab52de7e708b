import type { Schemas } from '../../client/index';
import type { Session } from '../commands/session';
import type { Column } from '../data/formats';
import { nameOf } from '../output/listed-problems';
import { showList } from './show-list';
import type { ListOptions } from './show-list';

const COLUMNS: readonly Column<Schemas['ClientTeam']>[] = [
  { heading: 'name', of: ({ name }) => name, whole: true },
  {
    heading: 'ready',
    of: ({ ready }) => ready,
    inTable: ({ ready }) => (ready ? 'yes' : 'no, none of its staff is active'),
  },
  { heading: 'clients', of: ({ clients }) => clients },
  { heading: 'staff', of: ({ staff }) => staff.map(nameOf).join(', ') },
  { heading: 'id', of: ({ id }) => id, whole: true },
];

/** Client teams by name: whether clients can be invited to them, and who their staff are. */
export const listTeams = (session: Session, options: ListOptions): Promise<void> =>
  showList(session, session.api.listTeams(), COLUMNS, options);

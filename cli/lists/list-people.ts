import type { Schemas } from '../../client/index';
import type { Session } from '../commands/session';
import type { PeopleFilters } from '../http/lists';
import type { Column } from '../data/formats';
import { nameOf } from '../output/listed-problems';
import { dayOf } from '../moments/moments';
import { showList } from './show-list';
import type { ListOptions } from './show-list';

type Client = Schemas['Client'];
type StaffMember = Schemas['StaffMember'];

const PERSON: readonly Column<Client | StaffMember>[] = [
  { heading: 'id', of: ({ id }) => id, whole: true },
  { heading: 'name', of: nameOf },
  { heading: 'e-mail', of: ({ email }) => email },
  { heading: 'mobile', of: ({ mobile }) => mobile },
  { heading: 'active', of: ({ active }) => active, inTable: ({ active }) => (active ? 'yes' : 'no') },
  { heading: 'created', of: ({ createdAt }) => createdAt, inTable: ({ createdAt }) => dayOf(createdAt), whole: true },
];

const CLIENTS: readonly Column<Client>[] = [
  ...PERSON,
  { heading: 'team', of: ({ team }) => team?.name ?? '' },
  { heading: 'company', of: ({ company }) => company },
];

const STAFF: readonly Column<StaffMember>[] = [
  ...PERSON,
  { heading: 'role', of: ({ role }) => role },
  { heading: 'teams', of: ({ teams }) => teams.map(({ name }) => name).join(' ') },
];

/** Clients, the newest first. */
export const listClients = (session: Session, filters: PeopleFilters, options: ListOptions): Promise<void> =>
  showList(session, session.api.listClients(filters), CLIENTS, options);

/** Members of staff, the newest first. */
export const listStaff = (session: Session, filters: PeopleFilters, options: ListOptions): Promise<void> =>
  showList(session, session.api.listStaff(filters), STAFF, options);

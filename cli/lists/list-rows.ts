import type { Schemas } from '../../client/index';
import type { Channel } from '../../contract/invitation';
import type { Session } from '../commands/session';
import type { RowFilters } from '../http/lists';
import type { Column } from '../data/formats';
import { nameOf } from '../output/listed-problems';
import { showList } from './show-list';
import type { ListOptions } from './show-list';

type Row = Schemas['Row'];

const invitationOn =
  (channel: Channel) =>
  ({ invitations }: Row): string =>
    invitations.find((invitation) => invitation.channel === channel)?.state ?? '';

const codesOf = ({ problems, invitations }: Row): string[] =>
  [...problems, ...invitations.flatMap(({ problem }) => problem ?? [])].map(({ code }) => code);

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'line', of: ({ row }) => row },
  { heading: 'name', of: ({ person }) => nameOf(person) },
  { heading: 'e-mail', of: ({ person }) => person.email },
  { heading: 'mobile', of: ({ person }) => person.mobile },
  { heading: 'status', of: ({ status }) => status, whole: true },
  { heading: 'by e-mail', of: invitationOn('email'), whole: true },
  { heading: 'by SMS', of: invitationOn('sms'), whole: true },
  { heading: 'problems', of: (row) => codesOf(row).join(' ') },
];

/** The rows of an import in the order of its file. */
export const listRows = (session: Session, id: string, filters: RowFilters, options: ListOptions): Promise<void> =>
  showList(session, session.api.listRowsOf(id, filters), COLUMNS, options);

import type { Schemas } from '../../client/index';
import type { Channel } from '../../contract/invitation';
import { nameOf } from '../output/listed-problems';
import type { Column } from './formats';

type Row = Schemas['Row'];

const invitationOn =
  (channel: Channel) =>
  ({ invitations }: Row): string =>
    invitations.find((invitation) => invitation.channel === channel)?.state ?? '';

const codesOf = ({ problems, invitations }: Row): string[] =>
  [...problems, ...invitations.flatMap(({ problem }) => problem ?? [])].map(({ code }) => code);

/** A row of an import, for lists. */
export const ROW_COLUMNS: readonly Column<Row>[] = [
  { heading: 'line', of: ({ row }) => row },
  { heading: 'name', of: ({ person }) => nameOf(person) },
  { heading: 'e-mail', of: ({ person }) => person.email },
  { heading: 'mobile', of: ({ person }) => person.mobile },
  { heading: 'status', of: ({ status }) => status, whole: true },
  { heading: 'by e-mail', of: invitationOn('email'), whole: true, labelled: true },
  { heading: 'by SMS', of: invitationOn('sms'), whole: true, labelled: true },
  { heading: 'problems', of: (row) => codesOf(row).join(' ') },
];

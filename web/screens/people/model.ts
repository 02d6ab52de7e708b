import type { Schemas } from '../../../client';
import type { Tone } from '../../components/pill';

export type Kind = 'client' | 'staff';
type Message = Schemas['NewestMessage'];

/** A client or a member of staff, from a list or from a search. */
export interface Person {
  id: string;
  kind: Kind;
  name: string;
  email: string;
  mobile: string;
  company: string | null;
  role: Schemas['StaffMember']['role'];
  teams: { id: string; name: string }[];
  active: boolean;
  activeSince: string | null;
  createdAt: string;
  import: { id: string; row: number | null } | null;
  /** The newest on each channel. */
  messages: Message[];
}

export const nameOf = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim();

export const ofClient = ({ team, ...client }: Schemas['Client']): Person => ({
  ...{ ...client, kind: 'client', name: nameOf(client), role: null },
  teams: team ? [team] : [],
});

export const ofStaff = (member: Schemas['StaffMember']): Person => ({
  ...{ ...member, kind: 'staff', name: nameOf(member), company: null },
});

/** A found person names all messages; the newest on each channel is kept. */
export function ofFound({ rows, ...person }: Schemas['FoundPerson']): Person {
  const messages = rows
    .flatMap(({ messages: ofRow, import: { id }, line }) =>
      ofRow.map(({ channel, state, changedAt, createdAt }) => ({
        ...{ channel, state, since: changedAt, import: id, line },
        createdAt,
      })),
    )
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  const newest = (['email', 'sms'] as const).flatMap(
    (channel) => messages.find((one) => one.channel === channel) ?? [],
  );
  const first = rows.at(-1);
  return {
    ...{ ...person, name: nameOf(person), messages: newest },
    import: first ? { id: first.import.id, row: first.line } : null,
  };
}

export const MESSAGE_TONES: Readonly<Record<Schemas['InvitationState'], Tone>> = {
  ...{ pending: 'busy', sending: 'busy', sent: 'busy' },
  ...{ delivered: 'good', accepted: 'good' },
  ...{ failed: 'bad', bounced: 'bad', unconfirmed: 'warn' },
  ...{ suppressed: 'quiet', cancelled: 'quiet' },
};

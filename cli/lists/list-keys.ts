import type { Schemas } from '../../client/index';
import type { Session } from '../commands/session';
import type { Column } from '../data/formats';
import { dayOf, formatMoment } from '../moments/moments';
import { showList } from './show-list';
import type { ListOptions } from './show-list';

export const KEY_STATES = ['active', 'expired', 'revoked'] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** What a list of keys shows of one. */
export type ListedKey = Pick<
  Schemas['Key'],
  'id' | 'name' | 'role' | 'rights' | 'createdAt' | 'lastUsedAt' | 'expiresAt' | 'revokedAt'
>;

const endOf = ({ revokedAt, expiresAt }: ListedKey): string => {
  if (revokedAt !== null) return `revoked ${dayOf(revokedAt)}`;
  return expiresAt === null ? 'never' : dayOf(expiresAt);
};

export const KEY_COLUMNS: readonly Column<ListedKey>[] = [
  { heading: 'name', of: ({ name }) => name },
  { heading: 'role', of: ({ role, rights }) => [role, ...rights].join(' '), whole: true },
  { heading: 'created', of: ({ createdAt }) => createdAt, inTable: ({ createdAt }) => dayOf(createdAt), whole: true },
  {
    heading: 'last use',
    of: ({ lastUsedAt }) => lastUsedAt,
    inTable: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : formatMoment(lastUsedAt)),
    whole: true,
  },
  { heading: 'ends', of: endOf, whole: true },
  { heading: 'id', of: ({ id }) => id, whole: true },
];

/** API keys of the organisation, without their secrets. */
export const listKeys = (session: Session, options: ListOptions): Promise<void> =>
  showList(session, session.api.listKeys(), KEY_COLUMNS, options);

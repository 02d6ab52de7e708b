import { columnsOf } from '../../domain/columns';
import type { ColumnKey } from '../../domain/columns';
import type { Problem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';

/** What the administrator of an identity provider calls the cells: where they are read from. */
const ATTRIBUTES: Partial<Record<ColumnKey, string>> = {
  firstName: 'name.givenName',
  lastName: 'name.familyName',
  email: 'emails',
  mobile: 'phoneNumbers',
  company: 'organization',
  group: 'department',
  language: 'preferredLanguage',
};

/** What helps where another value of the attribute would not be enough. */
const CURES: Partial<Record<ProblemCode, string>> = {
  'group.missing': 'Map the name of a client team to it, or set a default client team for the organisation.',
  'group.unknown': 'Map the name of a client team to it, or create the client team first.',
  'group.invalid-name': 'Map the name of a client team to it.',
  'group.waiting': 'Add an active staff member to the client team first.',
  'group.no-active-staff': 'Add an active staff member to the client team first.',
  'email.already-used': 'Match the user with that client by the address, or give the user another one.',
  'email.is-staff': 'Leave the user out of what is provisioned, or give the user another address.',
  'row.not-exact': 'Write the value exactly, or let your organisation repair values (its setting "strict").',
};

/** Why a row is not written: its errors, and that it would wait. */
const isReason = ({ severity, code }: Problem): boolean => severity === 'error' || code === 'group.waiting';

/**
 * Why a client was not kept, for the administrator of an identity provider, who has a user and a mapping of attributes, but no file and
 * no row.
 */
export function refusalOf(problems: readonly Problem[], { isCancelled = false } = {}): string {
  const reasons = new Set([
    ...(isCancelled ? ['It was cancelled before it was written.'] : []),
    ...problems.filter(isReason).map(reasonOf),
  ]);
  return [
    'The client was not kept as it was sent.',
    ...reasons,
    'Correct the user or the mapping of attributes at the identity provider, and provision the user again.',
  ].join(' ');
}

function reasonOf({ code, column, message, expected }: Problem): string {
  const key = columnsOf('clients').find(({ header }) => header === column)?.key;
  const attribute = key && ATTRIBUTES[key];
  const wanted = key === 'email' || key === 'mobile' ? `Expected: ${expected}` : '';
  return [attribute ? `"${attribute}": ${message}` : message, CURES[code] ?? wanted].filter(Boolean).join(' ');
}

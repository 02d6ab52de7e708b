import type { ExpectedPerson } from './case';
import type { Cells } from './writers/write-text';

/** Somebody with whom nothing is wrong; `changes` are what a case is about. The number is kept free for fiction. */
export function somebody(caseName: string, localPart = 'ann', changes: Cells = {}): Cells & Record<'email', string> {
  return {
    firstName: 'Ann',
    lastName: 'Lee',
    email: `${localPart}@${caseName}.example`,
    mobile: '+12125550123',
    role: '',
    company: 'Lee & Co',
    group: 'Mayfair',
    ...changes,
  };
}

/** The same for the staff template. */
export function colleague(caseName: string, localPart = 'sam', changes: Cells = {}): Cells & Record<'email', string> {
  return {
    firstName: 'Sam',
    lastName: 'Stone',
    email: `${localPart}@${caseName}.example`,
    mobile: '+12125550124',
    role: 'Support',
    teams: 'Mayfair',
    ...changes,
  };
}

/** The person whom cells describe in which nothing had to be repaired. */
export function asWritten(cells: Cells): ExpectedPerson {
  const { firstName = '', lastName = '', email = '', mobile = '', company = '', group, teams } = cells;
  return {
    firstName,
    lastName,
    email,
    mobile,
    company: company === '' ? null : company,
    ...(group && { teams: [group] }),
    ...(teams !== undefined && { teams: teams === '' ? [] : teams.split(';') }),
  };
}

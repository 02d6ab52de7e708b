import type { ProblemType } from './problem-type';

/** Problems of client teams, staff and settings. */
export const DIRECTORY_PROBLEMS = {
  'team-unknown': {
    status: 400,
    title: 'Unknown client team',
    meaning: 'A field names a client team that your organisation does not have.',
    fix: 'Use an id or a name from `GET /v1/client-teams`.',
  },
  'no-delivery-reports': {
    status: 400,
    title: 'No delivery reports',
    meaning:
      'One channel can be tried before the other only where its provider reports what was delivered; this installation gets no such reports.',
    fix: 'Set up the reports of that provider (`WEBHOOK_URL`, and the key that verifies their signatures), or try the other channel first.',
  },
  'team-name-invalid': {
    status: 400,
    title: 'Invalid name of a client team',
    meaning: 'The name has characters other than letters, digits and underscores, or is too long.',
    fix: 'Choose a name such as `Mayfair_2`.',
  },
  'team-name-taken': {
    status: 409,
    title: 'Name of a client team taken',
    meaning: 'A client team with this name exists already; upper and lower case make no difference.',
    fix: 'Choose another name.',
  },
  'team-in-use': {
    status: 409,
    title: 'Client team in use',
    meaning: 'The client team has clients or lines of imports under way, or is the default team.',
    fix: 'Move its clients and change the default team first.',
  },
  'last-staff-member': {
    status: 409,
    title: 'Last staff member of a client team',
    meaning: 'A client team must keep at least one staff member.',
    fix: 'Add another one first.',
  },
  'staff-invalid': {
    status: 422,
    title: 'Invalid staff member',
    meaning:
      'The first staff member of a new client team is invalid; `problems` lists all reasons. Nothing was created.',
    fix: 'Correct what `problems` names. Staff who exist already are named in `staff`, by id or address.',
  },
  'staff-unknown': {
    status: 400,
    title: 'Unknown staff member',
    meaning: 'A field names staff members that your organisation does not have.',
    fix: 'Use ids or addresses from `GET /v1/staff`; invite new staff first.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

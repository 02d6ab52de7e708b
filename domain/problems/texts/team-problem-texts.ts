import { STAFF_ROLE_LIST } from '../../../contract/access/staff-roles';
import type { ProblemText } from './problem-text';

const ACTIVE_TEAM = 'A client team with at least one staff member who has accepted their own invitation.';

/** Errors and warnings of a role or a client team. */
export const TEAM_PROBLEM_TEXTS = {
  'role.missing': {
    severity: 'error',
    message: 'The role is missing. Every member of staff needs one.',
    expected: `The role must be ${STAFF_ROLE_LIST}.`,
    fix: `Fill in one of these roles and upload the row again: ${STAFF_ROLE_LIST}.`,
  },
  'role.unknown': {
    severity: 'error',
    message: 'This role does not exist for {people}.[ {role} is a role for {others}, who have their own template.]',
    expected: 'The role must be {roles}.',
    fix: 'Correct the role and upload the row again. Allowed here: {roles}.',
  },
  'group.missing': {
    severity: 'error',
    message: 'The client team is missing, and your organisation has no default team.',
    expected: 'The name of a client team.',
    fix: 'Fill in the name of the team, or set a default client team, and upload the row again.',
  },
  'group.unknown': {
    severity: 'error',
    message: 'Your organisation has no client team with this name.[ Existing names: {names}.]',
    expected: 'The name of an existing client team.',
    fix: 'Correct the name, or create the team first, and upload the row again.',
  },
  'group.invalid-name': {
    severity: 'error',
    message:
      'This is not a valid team name: names have no spaces and no special characters.' + '[ Existing names: {names}.]',
    expected: 'The name of a client team: letters, digits and underscores.',
    fix: 'Write the name exactly like that of the team, and upload the row again.',
  },
  'group.waiting': {
    severity: 'warning',
    message:
      'No staff member of client team {team} is active yet. ' +
      'The client is invited automatically as soon as one is.',
    expected: ACTIVE_TEAM,
    fix: 'Wait until a staff member of the team accepts their invitation, or add an active staff member to the team.',
  },
  'group.no-active-staff': {
    severity: 'error',
    message:
      'No staff member of client team {team} has become active, so the client was not invited.' +
      '[ Days waited: {days}.]',
    expected: ACTIVE_TEAM,
    fix: 'Add an active staff member to the team, and upload the row again.',
  },
  'group.last-member': {
    severity: 'error',
    message: 'This person is the last staff member of client team {team}, so they cannot leave it.',
    expected: 'At least one staff member in each client team.',
    fix: 'Add another staff member to that team first, or name the team in this row too.',
  },
} as const satisfies Record<string, ProblemText>;

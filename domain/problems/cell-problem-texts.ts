import { STAFF_ROLE_LIST } from '../person';
import type { ProblemText } from './problem-text';

const CORRECT_CELL = 'Correct the cell and upload the row again.';
const RETYPE = 'Type the cell again by hand, without copying it, and upload the row again.';
const NO_CONTROL = 'Letters, signs and spaces in one line.';
const ONE_KIND_ONLY = 'A person cannot be both a client and a member of staff of the same organisation.';
const ACTIVE_TEAM = 'A client team with at least one staff member who has accepted their own invitation.';
const INTERNATIONAL = 'A mobile number with + and the country code, such as +447911123456.';

/** Errors and warnings of one row. An error rejects the row; the rest of the file is imported without it. */
export const CELL_PROBLEM_TEXTS = {
  'row.too-many-cells': {
    severity: 'error',
    message: 'The row has a value in column {letter}, which has no header in the first row.',
    expected: 'At most as many cells as the first row has headers.',
    fix: 'Check whether a comma inside a cell has moved the rest of the row to the right, and move it back.',
  },
  'row.not-exact': {
    severity: 'error',
    message: 'The cell needs a correction, and corrections are switched off for this import.',
    expected:
      'A cell that needs no correction: without spaces around it, a number like +447911123456, a role in its usual spelling.',
    fix: 'Replace the cell with the suggestion and upload the row again, or allow corrections.',
  },
  'row.template-example': {
    severity: 'warning',
    message: 'This is the example row of the template, so it was skipped.',
    expected: 'One row for each person to invite.',
    fix: 'You need not do anything. You can delete the row.',
  },
  'first-name.missing': {
    severity: 'error',
    message: 'The first name is missing.',
    expected: 'A first name in each row.',
    fix: 'Fill in the first name and upload the row again.',
  },
  'first-name.invalid': {
    severity: 'error',
    message: 'The first name contains a line break or another invisible character.',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'first-name.too-long': {
    severity: 'error',
    message: 'The first name has {length} characters. At most {max} are allowed.',
    expected: 'At most {max} characters.',
    fix: CORRECT_CELL,
  },
  'last-name.missing': {
    severity: 'error',
    message: 'The last name is missing.',
    expected: 'A last name in each row.',
    fix: 'Fill in the last name and upload the row again.',
  },
  'last-name.invalid': {
    severity: 'error',
    message: 'The last name contains a line break or another invisible character.',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'last-name.too-long': {
    severity: 'error',
    message: 'The last name has {length} characters. At most {max} are allowed.',
    expected: 'At most {max} characters.',
    fix: CORRECT_CELL,
  },
  'email.missing': {
    severity: 'error',
    message: 'The e-mail address is missing.',
    expected: 'One e-mail address in each row.',
    fix: 'Fill in the address and upload the row again.',
  },
  'email.invalid': {
    severity: 'error',
    message:
      'This is not a usable e-mail address.' +
      '[ It looks like a phone number that was swapped with the column “{swappedWith}”.]',
    expected: 'One address, such as name@example.com, without spaces and without a name around it.',
    fix:
      'Write one address only, such as name@example.com. If it looks right, type it again by hand: it may contain an ' +
      'invisible character.',
  },
  'email.duplicate-in-file': {
    severity: 'error',
    message: 'The same e-mail address is already in row {firstLine} of this file.',
    expected: 'Each address once in a file.',
    fix: 'Remove this row if it is the same person, or write another address of this person.',
  },
  'email.already-used': {
    severity: 'error',
    message:
      'A person in your organisation already has this e-mail address' +
      '[, since {since}][ (row {line} of import {importId})].',
    expected: 'An address that no person in your organisation has yet.',
    fix:
      'Remove the row if it is the same person, or correct the address. To invite existing people again or to update them, ' +
      'choose so when you upload the file.',
  },
  'email.is-staff': {
    severity: 'error',
    message: `This e-mail address belongs to a member of your staff. ${ONE_KIND_ONLY}`,
    expected: 'The address of a client.',
    fix: 'Remove the row, or use another address of that person.',
  },
  'email.is-client': {
    severity: 'error',
    message: `This e-mail address belongs to a client of your organisation. ${ONE_KIND_ONLY}`,
    expected: 'The address of a member of staff.',
    fix: 'Remove the row, or use another address of that person.',
  },
  'email.domain-typo': {
    severity: 'warning',
    message: 'The part behind the @ looks like a mistyped {domain}. The address was used unchanged.',
    expected: 'The real address of the person.',
    fix: 'If the address is wrong, correct it: the invitation cannot reach the person.',
  },
  'mobile.missing': {
    severity: 'error',
    message: 'The mobile number is missing.',
    expected: INTERNATIONAL,
    fix: 'Fill in the number with + and the country code, such as +447911123456, and upload the row again.',
  },
  'mobile.invalid': {
    severity: 'error',
    message:
      'No phone has this number.' +
      '[ It was read as a number in {country}; if it belongs to another country, put + and the country code in front.]' +
      '[ It looks like an e-mail address that was swapped with the column “{swappedWith}”.]',
    expected: INTERNATIONAL,
    fix:
      'Look for missing, extra or wrong digits, and for other text in the cell. ' +
      'Write one number only, such as +447911123456, without extension, and upload the row again.',
  },
  'mobile.not-international': {
    severity: 'error',
    message: 'The mobile number has no country code, so its country is unknown.',
    expected: INTERNATIONAL,
    fix:
      'Put + and the country code in front, as in +447911123456, and leave out the leading 0. ' +
      'If most numbers are from one country, set it as the default country of your organisation.',
  },
  'mobile.scientific-notation': {
    severity: 'error',
    message: 'Your spreadsheet program has shortened this number, so the file has lost its last digits.',
    expected: INTERNATIONAL,
    fix: 'Format the column as text, type the whole number again with + and the country code, and save the file again.',
  },
  'mobile.landline': {
    severity: 'warning',
    message: 'This number is a landline, so it gets no SMS. The person is invited by e-mail only.',
    expected: 'A mobile number, to invite the person by SMS too.',
    fix: 'To invite the person by SMS too, ask them for a mobile number.',
  },
  'mobile.unreachable': {
    severity: 'error',
    message: 'This number is a landline, and your organisation invites by SMS only, so the person cannot be invited.',
    expected: INTERNATIONAL,
    fix: 'Ask the person for a mobile number, or let your organisation invite by e-mail too, and upload the row again.',
  },
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
  'company.invalid': {
    severity: 'error',
    message: 'The company contains a line break or another invisible character.',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'company.too-long': {
    severity: 'error',
    message: 'The company has {length} characters. At most {max} are allowed.',
    expected: 'At most {max} characters.',
    fix: CORRECT_CELL,
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

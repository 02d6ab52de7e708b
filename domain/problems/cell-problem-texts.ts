import { STAFF_ROLE_LIST } from '../person';
import type { ProblemText } from './problem-text';

const CORRECT_CELL = 'Correct the cell and upload the row again.';
const RETYPE = 'Type the cell again by hand, without copying it, and upload the row again.';
const NO_CONTROL = 'Letters, signs and spaces, all in one line.';
const OF_ONE_KIND = 'Nobody can be a client and a member of staff of the same organisation.';
const ACTIVE_TEAM = 'A client team with at least one member of staff who has accepted their own invitation.';
const INTERNATIONAL = 'A mobile number with + and the country code, such as +447911123456.';

/** Why a row is refused, or worth a warning. The rest of the file goes on without it. */
export const CELL_PROBLEM_TEXTS = {
  'row.too-many-cells': {
    severity: 'error',
    message: 'The row has something in column {letter}, where the first row has no header.',
    expected: 'No more cells than there are headers in the first row.',
    fix: 'See whether a comma inside a cell has moved the rest of the row to the right, and put it in its place.',
  },
  'row.not-exact': {
    severity: 'error',
    message: 'The cell is not written exactly as it has to be, and corrections are switched off for this import.',
    expected:
      'A cell that can be used as it is: no spaces around it, a number like +447911123456, a role in its usual letters.',
    fix: 'Write the cell as it is suggested and upload the row again, or allow corrections.',
  },
  'row.template-example': {
    severity: 'warning',
    message: 'This is the example that the template comes with, so the row was skipped.',
    expected: 'A row for each person who is to be invited.',
    fix: 'Nothing. You can delete the row.',
  },
  'first-name.missing': {
    severity: 'error',
    message: 'The first name is missing.',
    expected: 'A first name in each row.',
    fix: 'Fill in the first name and upload the row again.',
  },
  'first-name.invalid': {
    severity: 'error',
    message: 'The first name contains a line break or another invisible sign.',
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
    message: 'The last name contains a line break or another invisible sign.',
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
      'This is not an e-mail address that mail can be sent to.' +
      '[ It looks like a phone number that has changed places with the column “{swappedWith}”.]',
    expected: 'One address, such as name@example.com, without spaces and without a name around it.',
    fix:
      'Write one address alone, such as name@example.com. If it looks right, type it again by hand: it may hold an ' +
      'invisible sign.',
  },
  'email.duplicate-in-file': {
    severity: 'error',
    message: 'The same e-mail address is already in row {firstLine} of this file.',
    expected: 'Each address once in a file.',
    fix: 'Remove this row if it is the same person, or give the person an address of their own.',
  },
  'email.already-used': {
    severity: 'error',
    message:
      'This e-mail address is used already by somebody in your organisation' +
      '[, since {since}][ (row {line} of import {importId})].',
    expected: 'An address that nobody has yet.',
    fix:
      'Remove the row if it is the same person, or correct the address. To invite people again or to change what is known ' +
      'of them, say so when you upload the file.',
  },
  'email.is-staff': {
    severity: 'error',
    message: `This e-mail address belongs to a member of your staff. ${OF_ONE_KIND}`,
    expected: 'The address of a client.',
    fix: 'Remove the row, or use another address of that person.',
  },
  'email.is-client': {
    severity: 'error',
    message: `This e-mail address belongs to a client of your organisation. ${OF_ONE_KIND}`,
    expected: 'The address of a member of staff.',
    fix: 'Remove the row, or use another address of that person.',
  },
  'email.domain-typo': {
    severity: 'warning',
    message: 'The part behind the @ looks like a mistyped {domain}. The address is used as it is.',
    expected: 'The address that the person really has.',
    fix: 'Nothing, if the address is right. Otherwise correct it, since the invitation does not reach the person.',
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
      '[ It was read as a number of {country}; if it is of another country, put + and its country code in front.]' +
      '[ It looks like an e-mail address that has changed places with the column “{swappedWith}”.]',
    expected: INTERNATIONAL,
    fix:
      'See whether a digit is missing, too many or wrong, or something else is in the cell. ' +
      'Write one number only, such as +447911123456, without extension, and upload the row again.',
  },
  'mobile.not-international': {
    severity: 'error',
    message: 'The mobile number has no country code, so nobody can tell which country it is in.',
    expected: INTERNATIONAL,
    fix:
      'Put + and the country code in front, as in +447911123456, without the 0 that the number begins with at home. ' +
      'Or set the default country of your organisation, if most numbers are from there.',
  },
  'mobile.scientific-notation': {
    severity: 'error',
    message: 'Your spreadsheet program has shortened this number, and its last digits are lost from the file.',
    expected: INTERNATIONAL,
    fix: 'Format the column as text, type the whole number again with + and the country code, and save the file once more.',
  },
  'mobile.landline': {
    severity: 'warning',
    message: 'This is the number of a landline, so no SMS is sent to it. The person is invited by e-mail only.',
    expected: 'A mobile number, if the person is to be invited by SMS.',
    fix: 'Nothing, if it is right so. Otherwise ask the person for a mobile number.',
  },
  'mobile.unreachable': {
    severity: 'error',
    message:
      'This is the number of a landline, and your organisation invites by SMS only: nobody could be invited with it.',
    expected: 'A mobile number with + and the country code, such as +447911123456.',
    fix: 'Ask for a mobile number, or have the organisation invite by e-mail too, and upload the row again.',
  },
  'role.missing': {
    severity: 'error',
    message: 'The role is missing. Every member of staff has one.',
    expected: `The role has to be ${STAFF_ROLE_LIST}.`,
    fix: `Fill in one of these roles and upload the row again: ${STAFF_ROLE_LIST}.`,
  },
  'role.unknown': {
    severity: 'error',
    message: 'There is no such role for {people}.[ {role} is a role for {others}, who have a template of their own.]',
    expected: 'The role has to be {roles}.',
    fix: 'Correct the role and upload the row again. Allowed here: {roles}.',
  },
  'company.invalid': {
    severity: 'error',
    message: 'The company contains a line break or another invisible sign.',
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
    message: 'No client team is named, and your organisation has no default team.',
    expected: 'The name of a client team.',
    fix: 'Fill in the name of the team, or set a default client team, and upload the row again.',
  },
  'group.unknown': {
    severity: 'error',
    message: 'There is no client team of this name.[ Names that exist: {names}.]',
    expected: 'The name of a client team that exists already.',
    fix: 'Correct the name, or create the team first, and upload the row again.',
  },
  'group.invalid-name': {
    severity: 'error',
    message:
      'No client team can be called this: names of teams have no spaces and no special characters.' +
      '[ Names that exist: {names}.]',
    expected: 'The name of a client team, made of letters, digits and underscores.',
    fix: 'Write the name exactly as the team is called, and upload the row again.',
  },
  'group.waiting': {
    severity: 'warning',
    message:
      'Nobody of your staff is active in the client team {team} yet. ' +
      'The client is invited by itself as soon as somebody is.',
    expected: ACTIVE_TEAM,
    fix: 'Nothing, if somebody of the team is about to join. Otherwise add a member of staff who is active to the team.',
  },
  'group.no-active-staff': {
    severity: 'error',
    message:
      'Nobody of your staff has become active in the client team {team}, so the client was not invited.' +
      '[ Days waited: {days}.]',
    expected: ACTIVE_TEAM,
    fix: 'Add a member of staff who is active to the team, and upload the row again.',
  },
  'group.last-member': {
    severity: 'error',
    message: 'Nobody else of your staff is in the client team {team}, so this person cannot be taken out of it.',
    expected: 'At least one member of staff in each client team.',
    fix: 'Add somebody else to that team first, or name the team in this row too.',
  },
} as const satisfies Record<string, ProblemText>;

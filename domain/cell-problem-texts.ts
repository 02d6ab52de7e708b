import type { ProblemText } from './problem-text';

const CORRECT_CELL = 'Correct the cell and upload the row again.';
const RETYPE = 'Type the cell again by hand, without copying it, and upload the row again.';
const NO_CONTROL = 'Letters, signs and spaces, all in one line.';
const INTERNATIONAL = 'A mobile number with + and the country code, such as +447911123456.';

/** Why a row is refused, or worth a warning. The rest of the file goes on without it. */
export const CELL_PROBLEM_TEXTS = {
  'row.too-many-cells': {
    severity: 'error',
    message: 'The row has something in column {letter}, where the first row has no header.',
    expected: 'No more cells than there are headers in the first row.',
    fix: 'See whether a comma inside a cell has moved the rest of the row to the right, and put it in its place.',
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
    message: 'The first name has {length} characters.',
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
    message: 'The last name has {length} characters.',
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
    message: 'This is not an e-mail address that mail can be sent to.',
    expected: 'One address, such as name@example.com, without spaces and without a name around it.',
    fix: 'Correct the address. If it looks right, type it again by hand: it may hold an invisible sign.',
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
      'A client of your organisation already has this e-mail address' +
      '[, since {since}][ (row {line} of import {importId})].',
    expected: 'An address that no client has yet.',
    fix: 'Remove the row if it is the same person, or correct the address.',
  },
  'email.is-staff': {
    severity: 'error',
    message: 'This e-mail address belongs to a member of your staff.',
    expected: 'The address of a client. One person cannot be both in the same organisation.',
    fix: 'Remove the row, or use another address of that person.',
  },
  'mobile.missing': {
    severity: 'error',
    message: 'The mobile number is missing.',
    expected: INTERNATIONAL,
    fix: 'Fill in the number and upload the row again.',
  },
  'mobile.invalid': {
    severity: 'error',
    message: 'No phone has this number: a digit is missing, too many or wrong, or there is something else in the cell.',
    expected: INTERNATIONAL,
    fix: 'Ask for the right number, one only and without extension, and upload the row again.',
  },
  'mobile.not-international': {
    severity: 'error',
    message: 'The mobile number has no country code, so nobody can tell which country it is in.',
    expected: INTERNATIONAL,
    fix: 'Put + and the country code in front, without the 0 that the number begins with at home.',
  },
  'mobile.scientific-notation': {
    severity: 'error',
    message: 'Your spreadsheet program has shortened this number, and its last digits are lost.',
    expected: INTERNATIONAL,
    fix: 'Format the column as text, type the number again, and save the file once more.',
  },
  'mobile.landline': {
    severity: 'warning',
    message: 'This is the number of a landline. The client is created and invited by e-mail only.',
    expected: 'A mobile number, if the client is to be invited by SMS too.',
    fix: 'Nothing, if e-mail is enough. Otherwise ask the client for a mobile number.',
  },
  'role.unknown': {
    severity: 'error',
    message: 'There is no such role for clients.[ {staffRole} is a role for staff, who have a template of their own.]',
    expected: 'Client, or an empty cell.',
    fix: 'Write Client or leave the cell empty, and upload the row again.',
  },
  'company.invalid': {
    severity: 'error',
    message: 'The company contains a line break or another invisible sign.',
    expected: NO_CONTROL,
    fix: RETYPE,
  },
  'company.too-long': {
    severity: 'error',
    message: 'The company has {length} characters.',
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
      'This cannot be the name of a client team: it has a space or a special character in it.' +
      '[ Names that exist: {names}.]',
    expected: 'The name of a client team, made of letters, digits and underscores.',
    fix: 'Write the name exactly as the team is called, and upload the row again.',
  },
  'group.no-active-staff': {
    severity: 'error',
    message: 'Nobody of your staff is active in the client team {team}, so its clients cannot be invited.',
    expected: 'A client team with at least one member of staff who has accepted their own invitation.',
    fix: 'Add a member of staff who is active to the team, and upload the row again.',
  },
} as const satisfies Record<string, ProblemText>;

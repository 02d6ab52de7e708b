import type { ProblemText } from './problem-text';

const ONE_KIND_ONLY = 'A person cannot be both a client and a member of staff of the same organisation.';

/** Errors and warnings of an e-mail address. */
export const EMAIL_PROBLEM_TEXTS = {
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
      '[ It contains an invisible character: {signs}.]' +
      '[ It looks like a phone number that was swapped with the column “{swappedWith}”.]',
    expected: 'One address, such as name@example.com, without spaces and without a name around it.',
    fix:
      'Write one address only, such as name@example.com. If it looks right, type it again by hand: it may contain an ' +
      'invisible character.',
  },
  'email.duplicate-in-file': {
    severity: 'error',
    message:
      'The same e-mail address is already in row {firstLine} of [“{fileName}”, which the upload has before ]this file.',
    expected: 'Each address once in all files of an upload.',
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
  'email.opted-out': {
    severity: 'warning',
    message: 'The person has opted out of our e-mails, so no invitation is sent by e-mail.',
    expected: 'A person who accepts e-mails from this sender.',
    fix: 'Ask the person to allow e-mails from this sender again, and upload the row again.',
  },
} as const satisfies Record<string, ProblemText>;

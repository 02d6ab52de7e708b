import type { ProblemText } from './problem-text';

const INTERNATIONAL = 'A mobile number with + and the country code, such as +447911123456.';

/** Errors and warnings of a mobile number. */
export const MOBILE_PROBLEM_TEXTS = {
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
  'mobile.ambiguous': {
    severity: 'error',
    message: 'This cell can be read as more than one number[, in {countries}], and a wrong one would reach a stranger.',
    expected: INTERNATIONAL,
    fix: 'Type the number that is meant with + and the country code, such as +447911123456, and upload the row again.',
  },
  'mobile.landline': {
    severity: 'warning',
    message: 'This number is a landline, so it gets no SMS. The person is invited by e-mail only.',
    expected: 'A mobile number, to invite the person by SMS too.',
    fix: 'To invite the person by SMS too, ask them for a mobile number.',
  },
  'mobile.not-a-mobile': {
    severity: 'warning',
    message:
      'This is the number of a service, such as a premium or toll-free line, so it gets no SMS. ' +
      'The person is invited by e-mail only.',
    expected: 'A mobile number, to invite the person by SMS too.',
    fix: 'Check the number. To invite the person by SMS too, ask them for a mobile number.',
  },
  'mobile.unreachable': {
    severity: 'error',
    message:
      'This number is a landline or belongs to a service, and your organisation invites by SMS only, ' +
      'so the person cannot be invited.',
    expected: INTERNATIONAL,
    fix: 'Ask the person for a mobile number, or let your organisation invite by e-mail too, and upload the row again.',
  },
  'mobile.opted-out': {
    severity: 'warning',
    message: 'The person has opted out of our SMS, so no invitation is sent by SMS.',
    expected: 'A person who accepts SMS from this sender.',
    fix: 'Ask the person to reply START to one of our SMS, and upload the row again.',
  },
  'mobile.shared': {
    severity: 'warning',
    message:
      'This number is not of one person alone.[ Row {firstLine} of this file has it, too.]' +
      '[ People in your organisation who have it already: {known}.] What is sent to it reaches them all.',
    expected: 'A number of the person alone.',
    fix: 'If the people do not share a phone, a number was copied: correct the rows.',
  },
  'mobile.sms-held': {
    severity: 'warning',
    message: 'No SMS is sent, since {sharedBy} people have this number and the import holds the SMS to shared numbers.',
    expected: 'A number of the person alone.',
    fix: 'Correct the number, or upload the row again and choose to send SMS to shared numbers.',
  },
} as const satisfies Record<string, ProblemText>;

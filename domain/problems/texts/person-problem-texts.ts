import type { ProblemText } from './problem-text';

/** What is to be known of a person who is there already. */
export const PERSON_PROBLEM_TEXTS = {
  'person.never-invited': {
    severity: 'warning',
    message:
      'This person is in your organisation already[, since {since}][ (row {line} of import {importId})], but was never invited. ' +
      'This row invites them, with its own values.',
    expected: 'A person who is new, or was invited before.',
    fix: 'You need not do anything.',
  },
  'person.deactivated': {
    severity: 'warning',
    message: 'An administrator has deactivated this person, so no invitation is sent.',
    expected: 'A person who is not deactivated.',
    fix: 'Activate the person first if they are to come back.',
  },
  'person.erased': {
    severity: 'warning',
    message: 'The data of this person were erased on request, and nothing more is sent to them.',
    expected: 'A person whose data are not erased.',
    fix: 'You need not do anything. Who wants to come back is invited anew.',
  },
  'person.removed': {
    severity: 'error',
    message: 'The person whom this row was to change or to invite was removed before the row was carried out.',
    expected: 'A person who is still there.',
    fix: 'Upload the row again: it creates and invites the person.',
  },
  'language.unknown': {
    severity: 'warning',
    message:
      '“{value}” is no language that is known, so this person is written to in the language of your organisation.',
    expected: 'A language tag such as de or fr-CH (BCP 47), or the name of a language; or an empty cell.',
    fix: 'Write a language tag, or leave the cell empty.',
  },
} as const satisfies Record<string, ProblemText>;

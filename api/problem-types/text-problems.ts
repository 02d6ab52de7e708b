import type { ProblemType } from './problem-type';

/** Problems of the texts of messages. */
export const TEXT_PROBLEMS = {
  'text-invalid': {
    status: 400,
    title: 'Text invalid',
    meaning: 'The text cannot be sent as it is: a placeholder is unknown, the link is missing, or a part is too long.',
    fix: 'Correct what `errors` names; each entry says which text, which language and which part.',
  },
  'text-replaced': {
    status: 409,
    title: 'Another version is sent',
    meaning: 'Somebody has saved or chosen another version of this text since you read it. Nothing was changed.',
    fix: 'Read the text again, and save yours with the version that it `replaces`.',
  },
  'text-test-refused': {
    status: 409,
    title: 'Test message not sent',
    meaning: 'The staff member cannot be sent a test message, or the provider has not taken it.',
    fix: 'Do what the detail says, or choose another member of staff.',
  },
} as const satisfies Record<string, ProblemType>;

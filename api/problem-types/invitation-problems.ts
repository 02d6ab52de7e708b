import type { ProblemType } from './problem-type';

/** Problems of invitations and of reports about them. */
export const INVITATION_PROBLEMS = {
  'nothing-to-retry': {
    status: 409,
    title: 'Nothing to retry',
    meaning: 'None of the selected invitations has failed.',
    fix: 'Read the detail: unconfirmed invitations need `includeUnconfirmed`.',
  },
  'import-ending': {
    status: 409,
    title: 'Import being cancelled',
    meaning: 'The import is being cancelled and sends nothing more.',
    fix: 'Upload the file again if you still need it.',
  },
  'nothing-to-remind': {
    status: 409,
    title: 'Nothing to remind',
    meaning: 'None of the selected invitations is open and may be sent again now. The detail gives the reasons.',
    fix: 'Wait an hour after the last message, or retry failed invitations instead.',
  },
  'invitation-unknown': {
    status: 404,
    title: 'Unknown invitation',
    meaning: 'The token belongs to no invitation.',
    fix: 'Open the link exactly as it is in the message, to its last character.',
  },
  'invitation-withdrawn': {
    status: 410,
    title: 'Invitation withdrawn',
    meaning: 'The invitation is no longer valid.',
    fix: 'Ask the organisation that invited you.',
  },
  'invitation-replaced': {
    status: 410,
    title: 'Invitation replaced',
    meaning: 'A newer invitation was sent since.',
    fix: 'Use the link in the newest message.',
  },
  'invitation-expired': {
    status: 410,
    title: 'Invitation expired',
    meaning: 'The link has expired.',
    fix: 'Ask the organisation that invited you for a new one.',
  },
  'signature-invalid': {
    status: 403,
    title: 'Invalid signature',
    meaning: 'The signature of a provider’s report is missing, invalid or too old, so nothing was changed.',
    fix: 'Compare WEBHOOK_URL and the keys in the settings with those at the provider.',
  },
  'webhook-not-set-up': {
    status: 404,
    title: 'Webhook not set up',
    meaning: 'Reports of this provider are not set up in this installation.',
    fix: 'Set WEBHOOK_URL and the key that verifies the signatures of the provider.',
  },
  'too-many-fields': {
    status: 413,
    title: 'Too many fields in a report',
    meaning: 'The report has more fields or events than the provider ever sends, so nothing was changed.',
    fix: 'Check who sends it.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

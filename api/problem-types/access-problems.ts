import type { ProblemType } from './problem-type';

/** Problems of API keys and of sessions. */
export const ACCESS_PROBLEMS = {
  'cross-site-request': {
    status: 403,
    title: 'Not a request of the page',
    meaning: 'The request came with the cookie of a session of the page, and does not come from the page.',
    fix: 'Send a key in the header `Authorization: Bearer <key>`, without the cookie.',
  },
  'key-name-taken': {
    status: 409,
    title: 'Name of a key taken',
    meaning: 'A key that is not revoked has this name already; upper and lower case make no difference.',
    fix: 'Choose another name, or revoke that key first.',
  },
  'key-revoked': {
    status: 409,
    title: 'Key revoked',
    meaning: 'The key was revoked, which is for good.',
    fix: 'Create another key.',
  },
  'key-expired': {
    status: 409,
    title: 'Key expired',
    meaning: 'The key has come to its end, so a new secret would not work either.',
    fix: 'Rotate it with a new `expiresAt`, or with `null` for no end.',
  },
  'key-has-too-many-secrets': {
    status: 409,
    title: 'Too many secrets of one key',
    meaning: 'The key was rotated so often that ten of its secrets still work.',
    fix: 'Rotate it with `"overlapHours": 0`, which ends all earlier ones, or wait until some have ended.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

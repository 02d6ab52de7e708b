import type { ProblemType } from './problem-type';

/** Problems of the endpoints of organisations. */
export const WEBHOOK_PROBLEMS = {
  'endpoint-url-refused': {
    status: 400,
    title: 'URL of an endpoint refused',
    meaning: 'Webhooks go to addresses of the public internet, by `https` and without a password in the URL.',
    fix: 'Choose another URL, as `errors` says.',
  },
  'secrets-key-missing': {
    status: 409,
    title: 'No key for secrets',
    meaning: 'This installation has no key by which the secret of an endpoint could be kept. Nothing was changed.',
    fix: 'Have its operator set `SECRETS_KEY` or `SECRETS_KEY_FILE`, for the API and the worker.',
  },
  'too-many-endpoints': {
    status: 409,
    title: 'Too many webhook endpoints',
    meaning: 'Your organisation has the most endpoints that it may have.',
    fix: 'Remove one that is not needed any more.',
  },
  'endpoint-disabled': {
    status: 409,
    title: 'Webhook endpoint disabled',
    meaning: 'The endpoint was disabled by an administrator, or because it answered 410, so nothing is sent to it.',
    fix: 'Enable it first: `PATCH` it with `enabled` as `true`.',
  },
} as const satisfies Record<string, ProblemType>;

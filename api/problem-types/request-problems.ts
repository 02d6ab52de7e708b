import type { ProblemType } from './problem-type';

/** Problems that every route may answer with. */
export const REQUEST_PROBLEMS = {
  'bad-request': {
    status: 400,
    title: 'Malformed request',
    meaning: 'The address, the headers or the body of the request cannot be read, such as JSON with a missing bracket.',
    fix: 'Read the detail, correct the request and send it again.',
  },
  'invalid-request': {
    status: 400,
    title: 'Invalid request',
    meaning: 'A parameter or a field is missing, unknown or invalid. `errors` names each of them.',
    fix: 'Correct the fields in `errors` and send the request again.',
  },
  'unknown-cursor': {
    status: 400,
    title: 'Unknown cursor of a page',
    meaning: 'The page of a list was asked for `after` something that is not in the list, or not any more.',
    fix: 'Begin with the first page, without `after`; then send the `next` of each page.',
  },
  'request-broken-off': {
    status: 400,
    title: 'Request broken off',
    meaning: 'The request ended before it was complete.',
    fix: 'Send it again.',
  },
  unauthorised: {
    status: 401,
    title: 'No valid key',
    meaning: 'The request has no key, or one that is unknown, expired or revoked.',
    fix: 'Send a valid key in the header `Authorization: Bearer <key>`.',
  },
  forbidden: {
    status: 403,
    title: 'Role not allowed',
    meaning: 'The role of the key may not use this route.',
    fix: 'Use a key with one of the roles that the detail names.',
  },
  'unmasking-forbidden': {
    status: 403,
    title: 'Unmasking not allowed',
    meaning: 'The key asks for whole addresses and numbers by the header `Unmask`, and has no right to see them.',
    fix: 'Leave the header out, or use a key with the right `unmask`.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    meaning: 'What the address names does not exist in your organisation.',
    fix: 'Check the id; lists give the ids of all that exists.',
  },
  'unknown-route': {
    status: 404,
    title: 'Unknown route',
    meaning: 'The API has no route with this address.',
    fix: 'Check the address; `/docs` lists all routes.',
  },
  'metrics-elsewhere': {
    status: 404,
    title: 'Metrics are elsewhere',
    meaning:
      'Each program serves its metrics on a port of its own, which the internet does not reach: they are of all organisations.',
    fix: 'Set `METRICS_PORT`, and have Prometheus ask there.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    meaning: 'The address exists, but not with this method.',
    fix: 'Use one of the methods in the header `Allow`.',
  },
  'not-acceptable': {
    status: 406,
    title: 'Not acceptable',
    meaning: 'The header `Accept` excludes every format that the route answers in.',
    fix: 'Send the header with a format that the detail names, or without it.',
  },
  'request-timeout': {
    status: 408,
    title: 'Request too slow',
    meaning: 'The request did not arrive as a whole within the time for it.',
    fix: 'Send it again over a faster connection, or send less at once.',
  },
  'body-too-large': {
    status: 413,
    title: 'Body too large',
    meaning: 'The body of the request has too many bytes or values, or is nested too deeply.',
    fix: 'Send less in one request.',
  },
  'uri-too-long': {
    status: 414,
    title: 'Address too long',
    meaning: 'The address of the request has too many characters.',
    fix: 'Send a shorter one; filters of lists need a few hundred characters at most.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported media type',
    meaning: 'The body of the request is not in a format or character encoding that the route reads.',
    fix: 'Send JSON in UTF-8, with the header `Content-Type: application/json`.',
  },
  'expectation-failed': {
    status: 417,
    title: 'Expectation failed',
    meaning: 'The header `Expect` asks for something that the API does not do.',
    fix: 'Send the request without it, or with `Expect: 100-continue`.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    meaning: 'More requests arrive than this caller may send. This one was not accepted.',
    fix: 'Wait for the time in `Retry-After`, then send it again.',
  },
  'headers-too-large': {
    status: 431,
    title: 'Headers too large',
    meaning: 'The address and the headers of the request are too large together.',
    fix: 'Send fewer or shorter headers.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal error',
    meaning: 'Something went wrong on our side.',
    fix: 'Send the request again; quote its `requestId` to support if that fails.',
  },
  'temporarily-unavailable': {
    status: 503,
    title: 'Temporarily unavailable',
    meaning: 'A server behind the API does not respond, or too much is under way at once.',
    fix: 'Try again after the time in `Retry-After`.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

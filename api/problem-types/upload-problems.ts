import type { ProblemType } from './problem-type';

/** Problems of uploads, and of people who are invited by hand. */
export const UPLOAD_PROBLEMS = {
  'bad-upload': {
    status: 400,
    title: 'Malformed upload',
    meaning: 'The multipart form is incomplete or malformed, so nothing was imported.',
    fix: 'Send the form as browsers and `curl -F` do, with its boundary and its end.',
  },
  'unexpected-field': {
    status: 400,
    title: 'Unexpected file field',
    meaning: 'A file came in a form field other than `files`.',
    fix: 'Put every file into the form field `files`.',
  },
  'not-a-file': {
    status: 400,
    title: 'Not a file',
    meaning: 'The form field `files` came as text, without a file name.',
    fix: 'Send the file itself: with curl, put an @ before its name.',
  },
  'no-file': {
    status: 400,
    title: 'No file',
    meaning: 'The upload contains no file.',
    fix: 'Send at least one CSV or Excel file (.xlsx) in the form field `files`.',
  },
  'invalid-idempotency-key': {
    status: 400,
    title: 'Invalid Idempotency-Key',
    meaning: 'The header `Idempotency-Key` is empty, too long or not printable ASCII.',
    fix: 'Send 1 to 255 printable ASCII characters, such as a random UUID.',
  },
  'idempotency-key-reused': {
    status: 409,
    title: 'Idempotency-Key reused',
    meaning: 'The key was sent before with another request, so nothing was imported.',
    fix: 'Send a new request with a new key; to repeat one, send the same files in the same order with the same fields.',
  },
  'invited-recently': {
    status: 409,
    title: 'Invited recently',
    meaning: 'The person was sent a message less than an hour ago, so nothing was imported.',
    fix: 'Invite again after the time in `Retry-After`.',
  },
  'file-too-large': {
    status: 413,
    title: 'File too large',
    meaning: 'A file of the upload is larger than the limit, so nothing was imported.',
    fix: 'Split it and upload the parts.',
  },
  'too-many-files': {
    status: 413,
    title: 'Too many files',
    meaning: 'The upload contains more files than the limit, so nothing was imported.',
    fix: 'Upload the others separately.',
  },
  'unsupported-form': {
    status: 415,
    title: 'Unsupported kind of form',
    meaning: 'The upload is not `multipart/form-data`, so nothing was imported.',
    fix: 'Send it as browsers and `curl -F files=@clients.csv` do.',
  },
} as const satisfies Readonly<Record<string, ProblemType>>;

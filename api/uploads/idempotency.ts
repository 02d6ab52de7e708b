import type { Request, RequestHandler } from 'express';
import { createHash } from 'node:crypto';
import type { IdempotencyKeyDoc } from '../../store/documents';
import { HttpProblem } from '../http/http-problem';
import type { UploadRequest } from './upload-request';
import type { StoredFile } from './receive-files';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;
/** Enough to tell two requests apart, and too little to tell anything else. */
const SHOWN_DIGITS = 8;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The `Idempotency-Key` of a request, if it came with one. */
export function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined || PRINTABLE.test(key)) return key;
  throw new HttpProblem(
    400,
    'invalid-idempotency-key',
    'The Idempotency-Key has to be 1 to 255 printable ASCII characters, such as a random UUID. Nothing was imported.',
  );
}

/** Refuses a key that cannot be used before the files are received. */
export const expectUsableKey: RequestHandler = (request, _response, next) => {
  idempotencyKeyOf(request);
  next();
};

/** The id under which a key is kept. Hashed, since people put what they like into one. */
export const keyId = (organisationId: string, key: string): string => `${organisationId}:${sha256(key)}`;

/** Of all that a request asks for; its kind and its source tell its route. Files count by content and name, in their order. */
export function fingerprintOf(request: UploadRequest, files: Pick<StoredFile, 'stored' | 'originalname'>[]): string {
  const asked = Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([asked, files.map(({ originalname, stored }) => [originalname, stored.sha256])]));
}

/** Whoever uses a key again for something else has made a mistake that must not look like a success. */
export function assertSameRequest(earlier: IdempotencyKeyDoc, fingerprint: string): void {
  if (earlier.fingerprint === fingerprint) return;
  const [first, now] = [earlier.fingerprint, fingerprint].map((digits) => digits.slice(0, SHOWN_DIGITS));
  throw new HttpProblem(
    409,
    'idempotency-key-reused',
    `This Idempotency-Key was sent before with another request (fingerprint ${first}, now ${now}). Nothing was imported. ` +
      'Send a new request with a key of its own; to repeat one, send the same files in the same order with the same fields.',
  );
}

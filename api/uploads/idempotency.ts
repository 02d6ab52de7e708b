import type { Request, RequestHandler } from 'express';
import { createHash } from 'node:crypto';
import type { IdempotencyKeyDoc } from '../../store/upload-documents';
import { HttpProblem } from '../http/http-problem';
import type { UploadRequest } from './upload-request';
import type { StoredFile } from './receive-files';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;
/** Digits of a fingerprint in an answer: enough to compare two requests, too few to reveal more. */
const SHOWN_DIGITS = 8;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Throws a 400 for an invalid `Idempotency-Key`. */
export function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined || PRINTABLE.test(key)) return key;
  throw new HttpProblem(
    400,
    'invalid-idempotency-key',
    'The Idempotency-Key must be 1 to 255 printable ASCII characters, such as a random UUID. Nothing was imported.',
  );
}

/** Rejects an invalid key before the files are received. */
export const requireUsableKey: RequestHandler = (request, _response, next) => {
  idempotencyKeyOf(request);
  next();
};

/** The id under which a key is stored. Hashed, since a key may contain personal data. */
export const keyId = (organisationId: string, key: string): string => `${organisationId}:${sha256(key)}`;

/** Covers all fields of a request, and its files by content, name and order. Kind and source identify the route. */
export function fingerprintOf(request: UploadRequest, files: Pick<StoredFile, 'stored' | 'originalname'>[]): string {
  const fields = Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // A file that was too large is known by its size alone.
  const content = ({ sha256: hash, bytes }: StoredFile['stored']): string => hash || `${bytes} bytes`;
  return sha256(JSON.stringify([fields, files.map(({ originalname, stored }) => [originalname, content(stored)])]));
}

/** Throws a 422 if the key belongs to another request, as the IETF draft has it: a replay would look like a success. */
export function assertSameRequest(earlier: IdempotencyKeyDoc, fingerprint: string): void {
  if (earlier.fingerprint === fingerprint) return;
  const [first, now] = [earlier.fingerprint, fingerprint].map((digits) => digits.slice(0, SHOWN_DIGITS));
  throw new HttpProblem(
    422,
    'idempotency-key-reused',
    `This Idempotency-Key was sent before with another request (fingerprint ${first}, now ${now}). Nothing was imported. ` +
      'Send a new request with a new key; to repeat a request, send the same files in the same order with the same fields.',
  );
}

import { z } from 'zod';
import { IMPORT_KINDS, IMPORT_MODES, ON_EXISTING } from '../contract/import';
import { IMPORT_STATUSES } from '../contract/import-status';
import { CHANNELS, FAILURE_CLASSES, INVITATION_STATES } from '../contract/invitation';
import { problemOfUnconfirmed } from '../contract/messages';
import type { RetryRequest } from '../contract/messages';
import { ROW_STATUSES } from '../contract/row';
import { ENCODING_NAMES, isKnownEncoding } from '../domain/reading/encoding/encodings';
import { HttpProblem } from './http/http-problem';
import { sentenceOfIssue } from './http/schema-messages';

const limit = (fallback: number) => z.coerce.number().int().min(1).max(500).default(fallback);

export const importIdSchema = z.uuid();

export const listImportsSchema = z.strictObject({
  status: z.enum(IMPORT_STATUSES).optional(),
  batch: z.uuid().optional(),
  after: z.uuid().optional(),
  limit: limit(50),
});

export const listRowsSchema = z.strictObject({
  /** Where the row stands, or where one of its invitations does. */
  status: z.enum([...new Set([...ROW_STATUSES, ...INVITATION_STATES])]).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: limit(100),
});

/** The fields of the upload form beside its files; all are text there. */
export const uploadSchema = z.strictObject({
  kind: z.enum(IMPORT_KINDS).default('clients'),
  mode: z.enum(IMPORT_MODES).optional(),
  strict: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  onExisting: z.enum(ON_EXISTING).optional(),
  encoding: z
    .string()
    .refine(isKnownEncoding, `Not an encoding that is known. Use one of: ${ENCODING_NAMES.join(', ')}`)
    .optional(),
});

export const applySchema = z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/, 'Not the hash of a plan') });

export const retrySchema: z.ZodType<RetryRequest> = z
  .strictObject({
    rows: z.array(z.int().min(1)).min(1).max(1000).exactOptional(),
    channels: z.array(z.enum(CHANNELS)).min(1).exactOptional(),
    classes: z.array(z.enum(FAILURE_CLASSES)).min(1).exactOptional(),
    includeUnconfirmed: z.boolean().exactOptional(),
  })
  .check(({ value, issues }) => {
    const problem = problemOfUnconfirmed(value);
    if (problem) issues.push({ code: 'custom', path: ['classes'], message: problem, input: value });
  });

export const remindSchema = z.strictObject({
  rows: z.array(z.int().min(1)).min(1).max(1000).optional(),
  channels: z.array(z.enum(CHANNELS)).min(1).optional(),
});

/** Parses what came from outside, or refuses it with every fault named. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: 'query' | 'body' | 'path' | 'form'): T {
  const parsed = schema.safeParse(value, { error: sentenceOfIssue });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({ field: issue.path.join('.') || where, detail: issue.message }));
  const summary = errors.map(({ field, detail }) => `${field}: ${detail}`).join('; ');
  throw new HttpProblem(400, 'invalid-request', `The ${where} of the request is not accepted: ${summary}.`, { errors });
}

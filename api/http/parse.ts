import { z } from 'zod';
import { HttpProblem } from './http-problem';
import { sentenceOfIssue } from './schema-messages';

/** Parses what came from outside. Throws a 400 that names every invalid field. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: 'query' | 'body' | 'path' | 'form'): T {
  const parsed = schema.safeParse(value, { error: sentenceOfIssue });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({ field: issue.path.join('.') || where, detail: issue.message }));
  const summary = errors.map(({ field, detail }) => `${field}: ${detail}`).join('; ');
  throw new HttpProblem(400, 'invalid-request', `The ${where} of the request is not accepted: ${summary}.`, { errors });
}

/** The size of a page of a list. */
export const pageLimit = (fallback: number) => z.coerce.number().int().min(1).max(500).default(fallback);

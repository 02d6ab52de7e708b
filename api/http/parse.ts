import { json } from 'express';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { exceededLimit } from '../../platform/json-shape';
import type { ApiProblemCode, StatusOf } from '../problem-types/index';
import { fieldOfBody, parameter } from '../problem-types/invalid-field';
import type { FieldCode, InvalidField } from '../problem-types/invalid-field';
import { HttpProblem } from './http-problem';
import { sentenceOfIssue, sentenceOfRule } from '../problem-types/issue-sentences';

/** The longest valid input, a selection of 1,000 rows, has fewer values, and the deepest, aliases of headers, three levels. */
const MOST = { values: 3000, depth: 10 };

/** Reads a body as JSON in UTF-8, as RFC 8259 has it. Also one that calls itself text or a form, as curl and fetch do unasked. */
export const jsonBody = json({ type: isReadable, verify: verifyShape });

/** As the invitation of one person without a key: a token needs a fraction of what a request with a key may have. */
export const smallJsonBody = json({ type: isReadable, limit: '2kb', verify: verifyShape });

const READABLE = /^(?:application\/(?:[\w.-]+\+)?json|text\/plain|application\/x-www-form-urlencoded)\s*(?:;|$)/i;

function isReadable({ headers: { 'content-type': type } }: IncomingMessage): boolean {
  if (type === undefined || READABLE.test(type.trim())) return true;
  throw new HttpProblem(
    415,
    'unsupported-media-type',
    'The body must be JSON in UTF-8, with the header "Content-Type: application/json". Nothing was done.',
  );
}

/** Before the body is parsed, which takes long for one that is nested deeply, and before zod sees it, which takes long to reject. */
function verifyShape(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding.toLowerCase() !== 'utf-8') throw rejectedBody(415, 'unsupported-media-type', 'JSON must be in UTF-8');
  const exceeded = exceededLimit(body, MOST);
  if (exceeded === 'depth')
    throw rejectedBody(413, 'body-too-large', `it is nested more than ${MOST.depth} levels deep`);
  if (exceeded) throw rejectedBody(413, 'body-too-large', `it has more than ${MOST.values} values`);
}

/** Express gives every error of `verify` the status 403, so the problem travels under a name of its own. */
const rejectedBody = <Code extends ApiProblemCode>(status: StatusOf<Code>, code: Code, reason: string): Error =>
  Object.assign(new Error(reason), {
    problem: new HttpProblem(status, code, `The body of the request is invalid: ${reason}.`),
  });

/** Nobody reads more. */
const MAX_ERRORS = 20;
const MAX_QUOTED = 10;
const MAX_QUOTED_CHARACTERS = 100;

type Where = 'query' | 'body' | 'form';

/** Validates input from outside. Throws a 400 that names the invalid fields. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: Where): T {
  const parsed = schema.safeParse(value, { error: sentenceOfIssue });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => invalidFields(issue, value, where)).slice(0, MAX_ERRORS);
  const summary = errors.map(({ field, detail }) => `${field}: ${detail}`).join('; ');
  throw new HttpProblem(400, 'invalid-request', `The ${where} of the request is invalid: ${summary}.`, { errors });
}

function invalidFields(issue: z.core.$ZodIssue, value: unknown, where: Where): InvalidField[] {
  const reason = { code: codeOf(issue, value), detail: sentenceOfRule(issue.message) };
  const paths =
    issue.code === 'unrecognized_keys' ? shorten(issue.keys).map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => (where === 'body' ? fieldOfBody(path, reason) : parameter(path, reason, where)));
}

function codeOf(issue: z.core.$ZodIssue, value: unknown): FieldCode {
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_value':
      if (valueAt(value, issue.path) === undefined) return 'missing';
      return issue.code === 'invalid_type' ? 'wrong-type' : 'not-a-choice';
    case 'unrecognized_keys':
      return 'unknown';
    case 'invalid_format':
      return 'malformed';
    case 'too_small':
      return 'too-small';
    case 'too_big':
      return 'too-large';
    default:
      return 'invalid';
  }
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );

/** The size of a page of a list. */
export const pageLimit = (fallback: number) => z.coerce.number().int().min(1).max(500).default(fallback);

/** Keys come from outside. */
const shorten = (keys: readonly string[]): string[] =>
  keys.slice(0, MAX_QUOTED).map((key) => key.slice(0, MAX_QUOTED_CHARACTERS));

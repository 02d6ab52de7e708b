import { json } from 'express';
import { z } from 'zod';
import { HttpProblem } from './http-problem';

/** Reads a body as JSON, whatever its content type. */
export const jsonBody = json({ type: () => true });

/** Validates input from outside. Throws a 400 that names every invalid field. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: 'query' | 'body' | 'path' | 'form'): T {
  const parsed = schema.safeParse(value, { error: sentenceOfIssue });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({ field: issue.path.join('.') || where, detail: issue.message }));
  const summary = errors.map(({ field, detail }) => `${field}: ${detail}`).join('; ');
  throw new HttpProblem(400, 'invalid-request', `The ${where} of the request is invalid: ${summary}.`, { errors });
}

/** The size of a page of a list. */
export const pageLimit = (fallback: number) => z.coerce.number().int().min(1).max(500).default(fallback);

/** The types of JSON in words for people who do not program. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text in quotation marks',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in square brackets',
  object: 'an object in curly braces',
  null: 'null',
};
const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'entry' };
const PLURALS: Readonly<Record<string, string>> = { character: 'characters', entry: 'entries' };

/** Describes an invalid field in plain words; `undefined` keeps the message of zod. */
function sentenceOfIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `Missing; must be ${nameType(issue.expected)}`
        : describeWrongType(issue.expected, issue.input);
    case 'unrecognized_keys':
      return `Unknown field ${quoteAll(issue.keys).join(' or ')}; check the spelling, or leave it out`;
    case 'invalid_value':
      return `Must be ${quoteAll(issue.values).join(' or ')}`;
    case 'invalid_format':
      return issue.format === 'uuid' ? 'Must be an id from an answer of the API' : undefined;
    case 'too_small':
      return `Must be at least ${formatAmount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `Must be at most ${formatAmount(issue.maximum, issue.origin)}`;
    default:
      return undefined;
  }
}

const nameType = (type: string): string => TYPES[type] ?? type;

function describeWrongType(expected: string, input: unknown): string {
  const given = input === null ? 'null' : Array.isArray(input) ? 'array' : typeof input;
  // A query holds numbers as text, so there the value is wrong and not the type.
  const isOther = given !== expected && !(expected === 'int' && given === 'number') && !Number.isNaN(input);
  return `Must be ${nameType(expected)}${isOther ? `, not ${nameType(given)}` : ''}`;
}

function formatAmount(count: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  if (unit === undefined) return String(count);
  return `${count} ${Number(count) === 1 ? unit : PLURALS[unit]} long`;
}

const quoteAll = (values: readonly unknown[]): string[] => values.map((value) => `"${String(value)}"`);

import type { z } from 'zod';

type Issue = z.core.$ZodRawIssue;

/** How the types of JSON are called by those who do not program. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'text in quotation marks',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in square brackets',
  object: 'an object in curly braces',
  null: 'null',
};
/** What there can be too much or too little of. */
const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'entry' };
const PLURALS: Readonly<Record<string, string>> = { character: 'characters', entry: 'entries' };

/** What is wrong with a field of a request in plain words; `undefined` where the parser's own have to do. */
export function sentenceOfIssue(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `Is missing: ${named(issue.expected)}`
        : notOfType(issue.expected, issue.input);
    case 'unrecognized_keys':
      return `Nothing is called ${quoted(issue.keys).join(' or ')} here; see whether the name is written right, or leave it out`;
    case 'invalid_value':
      return `Has to be ${quoted(issue.values).join(' or ')}`;
    case 'invalid_format':
      return issue.format === 'uuid' ? 'Has to be an id, as an answer of the API gives it' : undefined;
    case 'too_small':
      return `Has to be at least ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `Has to be at most ${amount(issue.maximum, issue.origin)}`;
    default:
      return undefined;
  }
}

const named = (type: string): string => TYPES[type] ?? type;

function notOfType(expected: string, input: unknown): string {
  const given = input === null ? 'null' : Array.isArray(input) ? 'array' : typeof input;
  // A number that has come as text, as in an address, is only wrong in what it says.
  const isOther = given !== expected && !(expected === 'int' && given === 'number') && !Number.isNaN(input);
  return `Has to be ${named(expected)}${isOther ? `, not ${named(given)}` : ''}`;
}

function amount(count: number | bigint, origin: string): string {
  const unit = UNITS[origin];
  if (unit === undefined) return String(count);
  return `${count} ${Number(count) === 1 ? unit : PLURALS[unit]} long`;
}

const quoted = (values: readonly unknown[]): string[] => values.map((value) => `"${String(value)}"`);

import type { z } from 'zod';
import { GERMAN_RULES } from './german/field-rules';
import { askedLanguage } from './problem-language';

/** Describes an invalid field in plain words; `undefined` keeps the message of its schema. */
export const sentenceOfIssue = (issue: z.core.$ZodRawIssue): string | undefined =>
  askedLanguage() === 'de' ? inGerman(issue) : inEnglish(issue);

/** The sentence of a schema's own rule, in the language that is asked for, if it is there. */
export const sentenceOfRule = (rule: string): string =>
  askedLanguage() === 'de' ? (GERMAN_RULES[rule] ?? rule) : rule;

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

function inEnglish(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `Missing; must be ${nameType(issue.expected)}`
        : describeWrongType(issue.expected, issue.input);
    case 'unrecognized_keys':
      return 'There is no such field; check the spelling, or leave it out';
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

const GERMAN_TYPES: Readonly<Record<string, string>> = {
  string: 'ein Text',
  number: 'eine Zahl',
  int: 'eine ganze Zahl',
  boolean: 'ja oder nein (true, false)',
  array: 'eine Liste',
  object: 'ein Objekt',
};
const GERMAN_UNITS: Readonly<Record<string, string>> = { string: ' Zeichen', array: ' Einträge' };

function inGerman(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const type = GERMAN_TYPES[issue.expected] ?? issue.expected;
      return issue.input === undefined ? `Fehlt; muss ${type} sein` : `Muss ${type} sein`;
    }
    case 'unrecognized_keys':
      return 'Dieses Feld gibt es nicht';
    case 'invalid_value':
      return `Muss ${quoteAll(issue.values).join(' oder ')} sein`;
    case 'invalid_format':
      return issue.format === 'uuid' ? 'Muss eine Kennung aus einer Antwort der API sein' : undefined;
    case 'too_small':
      return `Mindestens ${issue.minimum}${GERMAN_UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `Höchstens ${issue.maximum}${GERMAN_UNITS[issue.origin] ?? ''}`;
    default:
      return undefined;
  }
}

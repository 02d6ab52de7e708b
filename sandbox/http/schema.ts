import { z } from 'zod';

const nonEmptyText = 'must be a text of at least one character';
export const text = z.string(nonEmptyText).min(1, nonEmptyText);

export const flag = z.boolean('must be true or false');

export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER) {
  const expected = `must be a whole number from ${min} to ${max}`;
  return z.int(expected).min(min, expected).max(max, expected);
}

const zeroToOne = 'must be a number from 0 to 1';
export const probability = z.number(zeroToOne).min(0, zeroToOne).max(1, zeroToOne);

export const oneOf = <const Value extends string>(values: readonly Value[]) =>
  z.enum(values, `must be one of ${values.join(', ')}`);

export const isWebUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value);
export const webUrl = z.custom<string>(isWebUrl, 'must be a URL that begins with http:// or https://');

/** An object of these fields and no others. */
export const objectOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `is unknown; known are ${Object.keys(shape).join(', ')}` : 'must be an object',
  });

/** Every way in which a JSON value differs from the schema, as a phrase that names the field. */
export function problemsIn(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  return [...new Set(issues.flatMap(describeIssue))];
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const name = (...path: PropertyKey[]) => `"${path.join('.')}"`;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${name(...issue.path, key)} ${issue.message}`);
  }
  if (issue.path.length === 0) return [issue.message];
  return [`${name(...issue.path)} ${issue.input === undefined ? 'is missing' : issue.message}`];
}

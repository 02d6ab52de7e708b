import { z } from 'zod';
import type { HttpProblem } from '../../../api/http/http-problem';
import { parse } from '../../../api/http/parse';

const schema = z
  .strictObject({
    name: z.string().min(2).max(5).optional(),
    kind: z.enum(['clients', 'staff']).optional(),
    day: z.iso.date().optional(),
    rows: z.array(z.int().min(1)).max(2).optional(),
    'a/b~c é': z.object({ on: z.boolean() }).optional(),
  })
  .refine(({ name }) => name !== 'never', 'Must not be that');

function errorsOf(value: unknown, where: 'body' | 'query' | 'form' = 'body') {
  try {
    parse(schema, value, where);
  } catch (error) {
    return (error as HttpProblem).options.errors;
  }
  return undefined;
}

test.each<[string, unknown, string, string]>([
  ['a number for a text', { name: 7 }, '#/name', 'wrong-type'],
  ['a text that is too short', { name: 'x' }, '#/name', 'too-small'],
  ['a text that is too long', { name: 'too long' }, '#/name', 'too-large'],
  ['a word that is not allowed', { kind: 'guests' }, '#/kind', 'not-a-choice'],
  ['a day that is none', { day: 'Friday' }, '#/day', 'malformed'],
  ['a list that is too long', { rows: [1, 2, 3] }, '#/rows', 'too-large'],
  ['an entry of a list', { rows: [1, 0] }, '#/rows/1', 'too-small'],
  ['a field that is missing', { 'a/b~c é': {} }, '#/a~1b~0c%20%C3%A9/on', 'missing'],
  ['a field that there is not', { nam: 'x' }, '#/nam', 'unknown'],
  ['a field whose name is half of a letter', { '\ud800': 1 }, '#/%EF%BF%BD', 'unknown'],
  ['a body that is a list', [], '#', 'wrong-type'],
  ['a rule of the whole', { name: 'never' }, '#', 'invalid'],
])('An error names the place and the kind of %s', (_what, body, pointer, code) => {
  expect(errorsOf(body)).toEqual([expect.objectContaining({ pointer, code })]);
});

test('A body that is right has none', () => {
  expect(errorsOf({ name: 'fits', rows: [1] })).toBeUndefined();
});

test('An error of a query or a form names the parameter, and no place in a body', () => {
  expect(errorsOf({ kind: 'guests', page: '2' }, 'query')).toEqual([
    expect.objectContaining({ field: 'kind', parameter: 'kind', code: 'not-a-choice' }),
    expect.objectContaining({ field: 'page', parameter: 'page', code: 'unknown' }),
  ]);
  const [inForm] = errorsOf({ 'a/b~c é': { on: 'yes' } }, 'form')!;
  expect(inForm).toEqual({
    ...{ field: 'a/b~c é.on', parameter: 'a/b~c é', code: 'wrong-type' },
    detail: 'Must be true or false, not text in quotation marks',
  });
});

test('Of a thousand unknown fields twenty are named at most, each in short', () => {
  const errors = errorsOf(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${i}${'x'.repeat(500)}`, 1])))!;
  expect(errors.length).toBeLessThanOrEqual(20);
  expect(JSON.stringify(errors).length).toBeLessThan(10_000);
});

import { z } from 'zod';
import { PROBLEM_CODES } from '../../contract/problem-codes';
import { API_PROBLEM_CODES } from '../problem-types/index';
import { FIELD_CODES } from '../problem-types/invalid-field';
import type { FieldCode } from '../problem-types/invalid-field';

/** A problem of a file, a row or an invitation. */
export const problem = z
  .object({
    code: z.enum(PROBLEM_CODES).meta({ description: 'Stable; /problems/{code} explains it.' }),
    severity: z.enum(['error', 'warning']),
    line: z.int().nullable().meta({ description: 'The spreadsheet line; `null` for the whole file.' }),
    column: z.string().nullable().meta({ description: 'The header as written in the file.' }),
    letter: z.string().nullable(),
    value: z.string().nullable().meta({ description: 'The cell as typed.' }),
    message: z.string().meta({
      description: 'As `expected` and `fix` in English, or in German where `Accept-Language` asks for it.',
    }),
    expected: z.string(),
    fix: z.string(),
    suggestion: z.string().nullable().meta({ description: 'A guess at the correct value, never applied.' }),
    choices: z.array(z.string()).exactOptional().meta({ description: 'What the cell can mean, if that is unclear.' }),
  })
  .meta({ id: 'Problem', description: 'A problem of a file, a row or an invitation, with its texts.' });

export const problemExample: z.input<typeof problem> = {
  code: 'last-name.missing',
  severity: 'error',
  line: 17,
  column: 'Last Name',
  letter: 'B',
  value: null,
  message: 'The last name is missing.',
  expected: 'The last name of the person.',
  fix: 'Type the last name into the cell.',
  suggestion: null,
};

const invalidField = z
  .object({
    field: z.string().meta({ description: 'For people: the names on the way to it with dots between, or a file.' }),
    code: z
      .enum([...(Object.keys(FIELD_CODES) as FieldCode[]), ...API_PROBLEM_CODES])
      .meta({ description: 'Stable, for programs. A rule of the route has the code of its problem.' }),
    detail: z.string().meta({ description: 'For people: what it must be.' }),
    pointer: z
      .string()
      .exactOptional()
      .meta({
        description: 'Where it is in a JSON body: a JSON pointer (RFC 6901) as a fragment.',
        examples: ['#/mapping/mobile'],
      }),
    parameter: z
      .string()
      .exactOptional()
      .meta({ description: 'In place of it: the parameter of the query, the header, or the field of the form.' }),
  })
  .meta({ id: 'InvalidField', description: 'One part of a request that is wrong, or one file of it.' });

/** The body of every answer that is no success. */
export const problemDocument = z
  .object({
    type: z.url().meta({ description: 'Address of a page about this kind of problem.' }),
    title: z.string().meta({ description: 'The same for each occurrence.' }),
    status: z.int(),
    code: z.enum(API_PROBLEM_CODES).meta({ description: 'Stable, for programs.' }),
    detail: z.string().meta({ description: 'For people: the reason, and the remedy.' }),
    errors: z
      .array(invalidField)
      .exactOptional()
      .meta({ description: 'The invalid fields of the request, at most 20.' }),
    problems: z.array(problem).exactOptional().meta({ description: 'The problems of a row or file.' }),
    requestId: z.string().meta({ description: 'Quote it to support.' }),
  })
  .meta({ id: 'ProblemDocument', description: 'Why a request was not carried out (RFC 9457).' });

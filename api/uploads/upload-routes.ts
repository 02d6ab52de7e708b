import { z } from 'zod';
import { IMPORT_KINDS } from '../../contract/import';
import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { defineRoute, json } from '../routing/route';
import { acceptedAnswer, idempotencyHeader } from './accepted-schema';
import { uploadSchema } from './upload-request';

export const uploadFiles = defineRoute({
  method: 'post',
  path: '/v1/imports',
  operationId: 'uploadFiles',
  announces: true,
  summary: 'Upload files of clients or staff; each becomes an import',
  tag: 'Imports',
  access: ADMINISTRATORS,
  headers: idempotencyHeader,
  body: {
    content: {
      'multipart/form-data': {
        schema: uploadSchema
          .extend({
            files: z
              .array(z.string().meta({ format: 'binary' }))
              .min(1)
              .meta({ description: 'CSV or Excel files (.xlsx), each with its name.' }),
          })
          .meta({ id: 'Upload' }),
      },
    },
  },
  answers: { 202: acceptedAnswer('clients.csv') },
  problems: [
    ...(['bad-upload', 'unexpected-field', 'not-a-file', 'no-file', 'unsupported-form'] as const),
    ...(['file-too-large', 'all-files-rejected', 'too-many-files', 'invalid-idempotency-key'] as const),
    ...(['idempotency-key-reused', 'too-many-fields', 'body-too-large', 'upload-quota-used-up'] as const),
    ...(['insufficient-storage'] as const),
  ],
});

const CSV = 'text/csv';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const templateDescription = z
  .object({
    kind: z.enum(IMPORT_KINDS),
    columns: z.array(
      z.object({
        key: z.string(),
        header: z.string(),
        letter: z.string(),
        required: z.boolean(),
        rule: z.string(),
        example: z.string(),
        otherHeaders: z.array(z.string()).readonly(),
      }),
    ),
    maxRows: z.int(),
    formats: z.array(z.string()).readonly(),
    encodings: z.array(z.string()).readonly(),
    delimiters: z.array(z.object({ name: z.string(), character: z.string() })).readonly(),
    notes: z.array(z.string()).readonly(),
  })
  .meta({ id: 'TemplateDescription', description: 'A template in words.' });

export const TEMPLATE_NAMES = IMPORT_KINDS.flatMap((kind) => [kind, `${kind}.csv`, `${kind}.xlsx`, `${kind}.json`]);

export const getTemplate = defineRoute({
  method: 'get',
  path: '/v1/templates/{name}',
  operationId: 'getTemplate',
  summary: 'Get a template as a workbook, as CSV or as a description',
  tag: 'Templates',
  access: ALL_ROLES,
  params: z.object({
    name: z
      .enum(TEMPLATE_NAMES, {
        error: ({ input }) => `There is no template "${String(input)}". Templates: ${TEMPLATE_NAMES.join(', ')}.`,
      })
      .meta({
        description: 'The kind and the format; without a format, a description in JSON.',
        examples: ['clients.xlsx'],
      }),
  }),
  answers: {
    200: {
      ...json('The template.', templateDescription, {
        kind: 'clients',
        columns: [
          {
            key: 'firstName',
            header: 'First Name',
            letter: 'A',
            required: true,
            rule: 'Must be filled in. Up to 100 characters of any script, in one line.',
            example: 'Ann',
            otherHeaders: ['Given name'],
          },
        ],
        maxRows: 500,
        formats: ['csv', 'xlsx'],
        encodings: ['utf8'],
        delimiters: [{ name: 'comma', character: ',' }],
        notes: ['The columns may stand in any order.'],
      }),
      written: { [CSV]: 'First Name,Last Name,Email,Mobile,Role,Company,Group Identifier\n', [XLSX]: '' },
      headers: { 'Content-Disposition': 'The name of the file.' },
    },
  },
});

import { z } from 'zod';
import { CHANNELS, INVITATION_STATES } from '../../contract/invitation';
import { PROBLEM_CODES } from '../../contract/problem-codes';
import { ROW_STATUSES } from '../../contract/row';
import { cell } from '../directory/people-schemas';
import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { linksExample } from '../http/links';
import { pageLimit } from '../http/parse';
import { NEXT_PAGE } from '../routing/page';
import { defineRoute, json, jsonOf } from '../routing/route';
import { IMPORT_ID, importParams, pageOf } from '../schemas/common';
import { ignoreRowSchema, ignoreRowsSchema } from './ignore-schemas';
import { correctedRow, correctedRowExample, ignoredRows, listedRow, listedRowExample } from './row-schemas';

const tag = 'Rows';

export const listImportRows = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/rows',
  operationId: 'listImportRows',
  summary: 'List the rows of an import with their problems and invitations',
  tag,
  access: ALL_ROLES,
  params: importParams,
  query: z.strictObject({
    status: z
      .enum([...new Set([...ROW_STATUSES, ...INVITATION_STATES])])
      .optional()
      .meta({ description: 'Status of a row or, if no row has such a status, state of one of its invitations.' }),
    channel: z.enum(CHANNELS).optional().meta({ description: 'Only rows with an invitation on this channel.' }),
    code: z
      .enum(PROBLEM_CODES)
      .optional()
      .meta({ description: 'Only rows with a problem of this code, or with an invitation that has it.' }),
    q: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'A part of a name, an address, a number or a company. For support: a whole one.' }),
    after: z.coerce.number().int().min(0).default(0).meta({ description: 'The `next` of the page before.' }),
    limit: pageLimit(100),
  }),
  answers: {
    200: json(
      'A page of rows, in the order of their lines.',
      pageOf('RowPage', listedRow, z.int()),
      { data: [listedRowExample], next: null },
      NEXT_PAGE,
    ),
  },
  problems: ['rows-expired'],
});

const typedCell = cell.exactOptional();
const person = {
  ...{ firstName: typedCell, lastName: typedCell, email: typedCell, mobile: typedCell, role: typedCell },
  language: typedCell,
};
/** The new cells of a row; absent cells stay as they are. The kind of the import decides which. */
export const correctionSchemas = {
  clients: z
    .strictObject({ ...person, company: typedCell, group: typedCell })
    .meta({ id: 'ClientCorrection', description: 'New cells of a row of clients.' }),
  staff: z
    .strictObject({ ...person, teams: typedCell })
    .meta({ id: 'StaffCorrection', description: 'New cells of a row of staff.' }),
};

/** The parameters of every route below one row. */
export const rowParams = importParams.extend({
  line: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, { error: ({ input }) => `There is no row "${String(input)}" in this import.` })
    .transform(Number)
    .meta({ description: 'The spreadsheet line.', example: '17' }),
});

const LOCATION = { Location: 'Address of the import.' };
const example = { ...correctedRowExample, links: linksExample(IMPORT_ID) };

export const correctImportRow = defineRoute({
  method: 'patch',
  path: '/v1/imports/{id}/rows/{line}',
  operationId: 'correctImportRow',
  summary: 'Correct one row in place',
  description:
    'Absent cells stay as they are. The row is checked as its file was, then applied and invited; of a preview it is planned, and the ' +
    'plan has another hash.',
  tag,
  access: ADMINISTRATORS,
  params: rowParams,
  body: {
    content: {
      'application/json': {
        schema: z.union([correctionSchemas.clients, correctionSchemas.staff]),
        example: { lastName: 'Lee' },
      },
    },
  },
  answers: {
    200: json('The row has these values already.', correctedRow, example, LOCATION),
    202: json('The correction is accepted.', correctedRow, example, LOCATION),
  },
  problems: [
    ...(['row-refused', 'row-in-progress', 'row-skipped', 'row-cancelled', 'row-corrected'] as const),
    ...(['row-ignored', 'preview-ended', 'plan-outdated', 'choices-missing'] as const),
    ...([
      'person-removed',
      'team-not-ready',
      'not-applied-yet',
      'import-cancelled',
      'import-undone',
      'import-failed',
    ] as const),
    ...(['file-refused', 'not-read-yet', 'never-read', 'person-erased', 'rows-expired'] as const),
  ],
});

const ignoring = [
  ...(['row-not-ignorable', 'preview-ended', 'plan-outdated', 'choices-missing'] as const),
  ...([
    'not-applied-yet',
    'import-cancelled',
    'import-undone',
    'import-failed',
    'file-refused',
    'not-read-yet',
    'never-read',
  ] as const),
  'rows-expired',
] as const;
const ignoredExample = {
  ...example,
  status: 'ignored' as const,
  ignored: { reason: 'the total', at: '2026-11-23T16:02:00.000Z' },
};

export const ignoreRow = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/rows/{line}/ignore',
  operationId: 'ignoreRow',
  summary: 'Put a row aside that is no person',
  description: 'A rejected row, or any row of a preview. It counts as `ignored`, and needs no correction.',
  tag,
  access: ADMINISTRATORS,
  params: rowParams,
  body: jsonOf(ignoreRowSchema, { reason: 'the total' }),
  answers: {
    200: json('The row was put aside before.', correctedRow, ignoredExample, LOCATION),
    202: json('The row is put aside.', correctedRow, ignoredExample, LOCATION),
  },
  problems: ignoring,
});

export const takeRowBack = defineRoute({
  method: 'delete',
  path: '/v1/imports/{id}/rows/{line}/ignore',
  operationId: 'takeRowBack',
  summary: 'Take a row back that was put aside',
  description: 'It is rejected as before, for the same problems; a row of a preview is planned again.',
  tag,
  access: ADMINISTRATORS,
  params: rowParams,
  answers: {
    200: json('The row was not put aside.', correctedRow, example, LOCATION),
    202: json('The row is taken back.', correctedRow, example, LOCATION),
  },
  problems: [...ignoring.filter((code) => code !== 'row-not-ignorable'), 'row-ignored'],
});

export const ignoreRows = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/ignored-rows',
  operationId: 'ignoreRows',
  summary: 'Put several rows aside, or all that look like totals and remarks',
  tag,
  access: ADMINISTRATORS,
  params: importParams,
  body: jsonOf(ignoreRowsSchema, { suggested: true }),
  answers: {
    200: json(
      'All of them were put aside before.',
      ignoredRows,
      { ignored: [], links: linksExample(IMPORT_ID) },
      LOCATION,
    ),
    202: json('The rows are put aside.', ignoredRows, { ignored: [49], links: linksExample(IMPORT_ID) }, LOCATION),
  },
  problems: [...ignoring, 'nothing-to-ignore'],
});

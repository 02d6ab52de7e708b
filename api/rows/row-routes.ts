import { z } from 'zod';
import { INVITATION_STATES } from '../../contract/invitation';
import { ROW_STATUSES } from '../../contract/row';
import { cell } from '../directory/people-schemas';
import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { linksExample } from '../http/links';
import { pageLimit } from '../http/parse';
import { defineRoute, json } from '../routing/route';
import { IMPORT_ID, importParams, pageOf } from '../schemas/common';
import { correctedRow, correctedRowExample, listedRow, listedRowExample } from './row-schemas';

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
    after: z.coerce.number().int().min(0).default(0).meta({ description: 'The `next` of the page before.' }),
    limit: pageLimit(100),
  }),
  answers: {
    200: json('A page of rows, in the order of their lines.', pageOf('RowPage', listedRow, z.int()), {
      data: [listedRowExample],
      next: null,
    }),
  },
});

const typedCell = cell.exactOptional();
const person = { firstName: typedCell, lastName: typedCell, email: typedCell, mobile: typedCell, role: typedCell };
/** The new cells of a row; absent cells stay as they are. The kind of the import decides which. */
export const correctionSchemas = {
  clients: z
    .strictObject({ ...person, company: typedCell, group: typedCell })
    .meta({ id: 'ClientCorrection', description: 'New cells of a row of clients.' }),
  staff: z
    .strictObject({ ...person, teams: typedCell })
    .meta({ id: 'StaffCorrection', description: 'New cells of a row of staff.' }),
};

const LOCATION = { Location: 'Address of the import.' };
const example = { ...correctedRowExample, links: linksExample(IMPORT_ID) };

export const correctImportRow = defineRoute({
  method: 'patch',
  path: '/v1/imports/{id}/rows/{line}',
  operationId: 'correctImportRow',
  summary: 'Correct one row in place',
  description: 'Absent cells stay as they are. The row is checked as its file was, then applied and invited.',
  tag,
  access: ADMINISTRATORS,
  params: importParams.extend({
    line: z
      .string()
      .regex(/^[1-9]\d{0,6}$/, { error: ({ input }) => `There is no row "${String(input)}" in this import.` })
      .transform(Number)
      .meta({ description: 'The spreadsheet line.', example: '17' }),
  }),
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
    ...(['person-removed', 'team-not-ready', 'not-applied-yet', 'import-cancelled', 'import-failed'] as const),
    ...(['file-refused', 'not-read-yet', 'never-read'] as const),
  ],
});

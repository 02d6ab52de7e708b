import { z } from 'zod';
import { PERSON_KINDS } from '../../domain/person';
import { ADMINISTRATORS } from '../http/authenticate';
import { defineRoute, json } from '../routing/route';
import { idParams, instant, PERSON_ID } from '../schemas/common';

const count = z.int().min(0);
export const erasure = z
  .object({
    id: z.string().meta({ description: 'Id of the person.' }),
    kind: z.enum(PERSON_KINDS),
    status: z.enum(['erasing', 'erased']).meta({
      description:
        '`erased` once no trace is left, every file from before is read, and no message to the person can be sent any more.',
    }),
    requestedAt: instant,
    erasedAt: instant.nullable(),
    removed: z
      .object({
        rows: count.meta({ description: 'Rows that have lost their cells.' }),
        files: count.meta({ description: 'Stored files that were removed.' }),
        invitations: count.meta({ description: 'Messages of which no further one is sent.' }),
      })
      .nullable()
      .meta({ description: 'Counts; `null` while it is being erased.' }),
  })
  .meta({ id: 'Erasure', description: 'The erasure of one person. It holds ids and counts alone, and stays.' });

const erased: z.input<typeof erasure> = {
  ...{ id: PERSON_ID, kind: 'client', status: 'erased', requestedAt: '2026-11-28T09:00:00.000Z' },
  erasedAt: '2026-11-28T09:00:00.214Z',
  removed: { rows: 3, files: 2, invitations: 4 },
};

const UNDER_WAY =
  'A message to the person may still be on its way to a provider, or a file from before is not read yet, of which nothing about the person ' +
  'will be applied. The erasure ends by itself.';

const common = {
  method: 'delete',
  description:
    'Removes the person, the cells of their rows and every file that names them, and stops what is to be sent to them. Counts, statuses ' +
    'and the audit log stay. A preview that names the person is cancelled. It cannot be undone. Idempotent: the same request again ' +
    'answers with the same erasure.',
  access: ADMINISTRATORS,
  answers: {
    200: json('The person is erased.', erasure, erased),
    202: json(UNDER_WAY, erasure, {
      ...erased,
      ...{ status: 'erasing', erasedAt: null, removed: null },
    }),
  },
} as const;

export const eraseClient = defineRoute({
  ...common,
  path: '/v1/clients/{id}/personal-data',
  operationId: 'eraseClient',
  summary: 'Erase all data of a client',
  tag: 'Clients',
  params: idParams('client', PERSON_ID),
});

export const eraseStaffMember = defineRoute({
  ...common,
  path: '/v1/staff/{id}/personal-data',
  operationId: 'eraseStaffMember',
  summary: 'Erase all data of a staff member',
  tag: 'Staff',
  params: idParams('staff member', PERSON_ID),
  problems: ['last-staff-member'],
});

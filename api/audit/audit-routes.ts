import { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import { ALL_ROLES } from '../http/authenticate';
import { importStatus } from '../imports/import-schemas';
import { defineRoute, json } from '../routing/route';
import { IMPORT_ID, importParams } from '../schemas/common';

const invariant = z
  .object({
    id: z.enum(['I1', 'I2', 'I3', 'I4', 'I5', 'I6']),
    claim: z.string(),
    ok: z.boolean().nullable().meta({ description: '`null` if it could not be checked; `remark` says why.' }),
    findings: z.array(z.object({ row: z.int().nullable(), channel: z.enum(CHANNELS).nullable(), detail: z.string() })),
    remark: z.string().nullable(),
  })
  .meta({ id: 'Invariant', description: 'A promise about every import, and where it does not hold.' });

export const auditImportRoute = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/audit',
  operationId: 'auditImport',
  summary: 'Compare an import in the database, at the providers, in its workflow and in its report',
  tag: 'Imports',
  access: ALL_ROLES,
  params: importParams,
  answers: {
    200: json(
      'What was compared.',
      z
        .object({
          id: z.uuid(),
          fileName: z.string(),
          status: importStatus,
          ok: z.boolean(),
          invariants: z.array(invariant),
        })
        .meta({ id: 'ImportAudit' }),
      {
        id: IMPORT_ID,
        fileName: 'clients.csv',
        status: 'completed',
        ok: true,
        invariants: [{ id: 'I1', claim: 'Every line has exactly one status.', ok: true, findings: [], remark: null }],
      },
    ),
  },
});

import { z } from 'zod';
import { BATCH_STATUSES } from '../../domain/imports/batch';
import { batchLinksExample, batchLinksSchema } from '../http/links';
import { importStatus, importSummary, importSummaryExample } from '../imports/import-schemas';
import {
  BATCH_ID,
  countByChannel,
  IMPORT_ID,
  instant,
  invitationCounts,
  invitationCountsExample,
  rowCounts,
  rowCountsExample,
} from '../schemas/common';
import { rejectedFile } from '../uploads/accepted-schema';

export const batchParams = z.object({
  id: z
    .uuid({ error: ({ input }) => `There is no batch "${String(input)}" in your organisation.` })
    .meta({ description: 'Id of an upload.', example: BATCH_ID }),
});

const batchStatus = z.enum(BATCH_STATUSES).meta({
  id: 'BatchStatus',
  description:
    '`running` while something goes on by itself in one of its files; then what a person has to do first; then how all have ended.',
});

export const batchView = z
  .object({
    id: z.uuid(),
    createdAt: instant,
    status: batchStatus,
    files: z.object({ total: z.int().min(0), rejected: z.int().min(0) }),
    lines: z.int().min(0).meta({ description: 'Data lines of all files.' }),
    rows: rowCounts,
    invitations: invitationCounts,
    imports: z.array(importSummary).meta({ description: 'In the order of the upload.' }),
    rejected: z.array(rejectedFile).meta({ description: 'The files of which no import was made.' }),
    links: batchLinksSchema,
  })
  .meta({ id: 'Batch', description: 'The files of one upload as one thing. Counts are the sums over its imports.' });
export const batchExample: z.input<typeof batchView> = {
  ...{ id: BATCH_ID, createdAt: '2026-11-23T16:00:00.000Z', status: 'completed-with-problems' },
  ...{ files: { total: 1, rejected: 0 }, lines: 48, rows: rowCountsExample, invitations: invitationCountsExample },
  ...{ imports: [importSummaryExample], rejected: [], links: batchLinksExample(BATCH_ID) },
};

const refusal = z
  .object({ code: z.string(), detail: z.string() })
  .nullable()
  .meta({ description: 'Why the file did not accept it; `null` if it did.' });

export const controlledBatch = z
  .object({
    id: z.uuid(),
    imports: z.array(
      z.object({
        id: z.uuid(),
        fileName: z.string(),
        status: importStatus,
        cancelling: z.boolean(),
        outcome: z.enum(['in-effect', 'accepted', 'refused']),
        refusal,
      }),
    ),
    links: batchLinksSchema,
  })
  .meta({ id: 'ControlledBatch', description: 'What has become of a command, file by file.' });
export const controlledBatchExample: z.input<typeof controlledBatch> = {
  id: BATCH_ID,
  imports: [
    {
      ...{ id: IMPORT_ID, fileName: 'clients.csv', status: 'paused', cancelling: false },
      ...{ outcome: 'in-effect', refusal: null },
    },
  ],
  links: batchLinksExample(BATCH_ID),
};

export const retriedBatch = z
  .object({
    id: z.uuid(),
    retrying: countByChannel,
    imports: z.array(z.object({ id: z.uuid(), fileName: z.string(), retrying: countByChannel.nullable(), refusal })),
    links: batchLinksSchema,
  })
  .meta({ id: 'RetriedBatch', description: 'How many invitations are sent again, in all and file by file.' });
export const retriedBatchExample: z.input<typeof retriedBatch> = {
  ...{ id: BATCH_ID, retrying: { email: 0, sms: 2 } },
  imports: [{ id: IMPORT_ID, fileName: 'clients.csv', retrying: { email: 0, sms: 2 }, refusal: null }],
  links: batchLinksExample(BATCH_ID),
};

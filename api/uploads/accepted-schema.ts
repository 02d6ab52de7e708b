import { z } from 'zod';
import { batchLinksExample, batchLinksSchema, linksExample, linksSchema } from '../http/links';
import { json } from '../routing/route';
import { BATCH_ID, IMPORT_ID, instant } from '../schemas/common';

export const rejectedFile = z
  .object({
    position: z.int().min(0).meta({ description: 'Its place in the order of the upload, from 0.' }),
    fileName: z.string(),
    bytes: z.int().min(0),
    status: z.literal('rejected'),
    problem: z.object({
      type: z.url(),
      title: z.string(),
      status: z.int(),
      code: z.string(),
      detail: z.string(),
    }),
  })
  .meta({ id: 'RejectedFile', description: 'A file of an upload of which no import was made, with its own problem.' });

const possibleDuplicate = z
  .object({ id: z.uuid(), fileName: z.string(), createdAt: instant })
  .nullable()
  .meta({ description: 'The newest import of the same bytes within a day before. Nothing is held back for it.' });

const accepted = z
  .object({
    batch: z.uuid(),
    imports: z.array(
      z.object({
        id: z.uuid(),
        fileName: z.string(),
        status: z.literal('queued'),
        possibleDuplicateOf: possibleDuplicate,
        links: linksSchema,
      }),
    ),
    rejected: z.array(rejectedFile),
    links: batchLinksSchema,
  })
  .meta({ id: 'AcceptedUpload', description: 'The imports of an upload, in the order of its files.' });

const acceptedExample = (fileName: string): z.input<typeof accepted> => ({
  batch: BATCH_ID,
  imports: [{ id: IMPORT_ID, fileName, status: 'queued', possibleDuplicateOf: null, links: linksExample(IMPORT_ID) }],
  rejected: [],
  links: batchLinksExample(BATCH_ID),
});

/** The answer to every request that makes imports. */
export const acceptedAnswer = (fileName: string) =>
  json('The imports are stored and start by themselves.', accepted, acceptedExample(fileName), {
    Location: 'Address of the import, or of the batch if there are several files.',
    'Retry-After': 'Seconds until it is worth looking.',
    'Idempotency-Replayed': '`true` if an earlier request with the same key made these imports.',
  });

export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(1).max(255).optional().meta({
    description:
      'A key of your choice, such as a random UUID: the same request with the same key makes no second import.',
  }),
});

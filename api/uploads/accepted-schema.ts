import { z } from 'zod';
import { linksExample, linksSchema } from '../http/links';
import { json } from '../routing/route';
import { BATCH_ID, IMPORT_ID } from '../schemas/common';

const accepted = z
  .object({
    batch: z.uuid(),
    imports: z.array(z.object({ id: z.uuid(), fileName: z.string(), status: z.literal('queued'), links: linksSchema })),
  })
  .meta({ id: 'AcceptedUpload', description: 'The imports of an upload, in the order of its files.' });

/** The answer to every request that makes imports. */
export const acceptedAnswer = (fileName: string) =>
  json(
    'The imports are stored and start by themselves.',
    accepted,
    { batch: BATCH_ID, imports: [{ id: IMPORT_ID, fileName, status: 'queued', links: linksExample(IMPORT_ID) }] },
    {
      Location: 'Address of the import, or of the list of imports of the upload.',
      'Retry-After': 'Seconds until it is worth looking.',
      'Idempotency-Replayed': '`true` if an earlier request with the same key made these imports.',
    },
  );

export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(1).max(255).optional().meta({
    description:
      'A key of your choice, such as a random UUID: the same request with the same key makes no second import.',
  }),
});

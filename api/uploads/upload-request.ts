import { z } from 'zod';
import { IMPORT_KINDS, IMPORT_MODES, ON_EXISTING } from '../../contract/import';
import { HIDDEN_CHOICES, SHARED_MOBILES_CHOICES } from '../../contract/question';
import { ENCODING_NAMES, isKnownEncoding } from '../../domain/reading/encoding/encodings';
import type { ImportDoc } from '../../store/documents';
import type { StoredFile } from './receive-files';

/** The answers to questions of an import, in the upload form or afterwards. */
export const choicesSchema = z.strictObject({
  encoding: z
    .string()
    .refine(isKnownEncoding, `Unknown encoding. Use one of: ${ENCODING_NAMES.join(', ')}`)
    .optional(),
  hiddenRows: z.enum(HIDDEN_CHOICES).optional(),
  hiddenColumns: z.enum(HIDDEN_CHOICES).optional(),
  sharedMobiles: z.enum(SHARED_MOBILES_CHOICES).optional(),
});

/** The text fields of the upload form. */
export const uploadSchema = z.strictObject({
  kind: z.enum(IMPORT_KINDS).default('clients'),
  mode: z.enum(IMPORT_MODES).optional(),
  strict: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  onExisting: z.enum(ON_EXISTING).optional(),
  ...choicesSchema.shape,
});

/** The organisation's settings replace absent fields. */
export type UploadRequest = z.infer<typeof uploadSchema> & { source: ImportDoc['source'] };

export type UploadedFile = Pick<StoredFile, 'importId' | 'stored' | 'originalname' | 'isTooLarge'>;

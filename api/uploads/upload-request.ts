import { z } from 'zod';
import { IMPORT_KINDS, IMPORT_MODES, ON_EXISTING } from '../../contract/import';
import { ENCODING_NAMES, isKnownEncoding } from '../../domain/reading/encoding/encodings';
import type { ImportDoc } from '../../store/documents';
import type { StoredFile } from './receive-files';

/** The fields of the upload form beside its files; all are text there. */
export const uploadSchema = z.strictObject({
  kind: z.enum(IMPORT_KINDS).default('clients'),
  mode: z.enum(IMPORT_MODES).optional(),
  strict: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  onExisting: z.enum(ON_EXISTING).optional(),
  encoding: z
    .string()
    .refine(isKnownEncoding, `Not an encoding that is known. Use one of: ${ENCODING_NAMES.join(', ')}`)
    .optional(),
});

/** How to import the files. The organisation's settings decide where a field is absent. */
export type UploadRequest = z.infer<typeof uploadSchema> & { source: ImportDoc['source'] };

/** A file of an upload that is stored already. */
export type UploadedFile = Pick<StoredFile, 'importId' | 'stored' | 'originalname'>;

import { z } from 'zod';
import { IMPORT_KINDS, IMPORT_MODES, ON_EXISTING } from '../../contract/import';
import type { ImportKind } from '../../contract/import';
import { NOTICE_LANGUAGES } from '../../contract/notices/notices';
import { HIDDEN_CHOICES, SHARED_MOBILES_CHOICES } from '../../contract/question';
import type { Mapping } from '../../contract/question';
import { columnsOf } from '../../domain/columns';
import { ENCODING_NAMES, isKnownEncoding } from '../../domain/reading/encoding/encodings';
import type { ImportDoc } from '../../store/documents';
import { HttpProblem } from '../http/http-problem';
import { fieldOfBody, parameter } from '../problem-types/invalid-field';
import type { InvalidField } from '../problem-types/invalid-field';
import { uploadSendAtField, uploadSpreadField } from '../schedules/schedule-fields';
import type { StoredFile } from './receive-files';

/** What Excel allows in the name of a tab is 31 characters; other programs write longer ones. */
const MAX_SHEET_NAME = 100;
/** A heading of a file; a longer one can be named by its letter. */
const MAX_HEADING = 200;

const place = (max: number) => z.string().trim().min(1).max(max);
const column = place(MAX_HEADING).exactOptional();

/** The column of the file for each of ours that its headings do not tell: a heading, a letter, or a number from 1. */
export const mappingSchema = z
  .strictObject({
    firstName: column,
    lastName: column,
    email: column,
    mobile: column,
    role: column,
    company: column,
    group: column,
    teams: column,
    language: column,
  })
  .refine((mapping) => Object.keys(mapping).length > 0, 'Must name at least one column, such as {"mobile": "Tel."}')
  // JSON has no undefined values.
  .transform((mapping) => mapping as Mapping);

/** The answers to questions of an import, in the upload form or afterwards. */
export const choicesSchema = z.strictObject({
  encoding: z
    .string()
    .refine(isKnownEncoding, `Unknown encoding. Use one of: ${ENCODING_NAMES.join(', ')}`)
    .optional(),
  sheet: place(MAX_SHEET_NAME).optional(),
  mapping: mappingSchema.optional(),
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
  sendAt: uploadSendAtField.optional(),
  spread: uploadSpreadField.optional(),
  notify: z
    .email('Must be an e-mail address')
    .max(254)
    .toLowerCase()
    .optional()
    .meta({ description: 'Who is told by e-mail once an import ends or needs attention.' }),
  notifyLanguage: z.enum(NOTICE_LANGUAGES).optional().meta({ description: 'Of that e-mail; English by default.' }),
  ...choicesSchema.shape,
  mapping: z.preprocess(parseJson, mappingSchema.optional()),
});

/** A field of a form is text. */
function parseJson(text: unknown, context: z.RefinementCtx): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'Must be JSON, such as {"mobile": "Tel. (mobile)"}' });
    return z.NEVER;
  }
}

/** Names a column of a mapping: in the upload form, or in the body of a choice. */
type NameColumn = (key: string, reason: Pick<InvalidField, 'code' | 'detail'>) => InvalidField;

export const columnOfForm: NameColumn = (key, reason) => parameter(['mapping', key], reason);
export const columnOfBody: NameColumn = (key, reason) => fieldOfBody(['mapping', key], reason);

/** Throws a 400 for columns that files of this kind do not have. */
export function requireColumnsOf(kind: ImportKind, mapping: Mapping | null | undefined, nameColumn: NameColumn): void {
  const keys = columnsOf(kind).map(({ key }): string => key);
  const unknown = Object.keys(mapping ?? {}).filter((key) => !keys.includes(key));
  if (unknown.length === 0) return;
  const detail = `Files of ${kind} have no column ${unknown.join(' or ')}; map some of: ${keys.join(', ')}`;
  throw new HttpProblem(400, 'invalid-request', `The mapping is invalid. ${detail}.`, {
    errors: unknown.map((key) => nameColumn(key, { code: 'unknown', detail })),
  });
}

/** The organisation's settings replace absent fields. */
export type UploadRequest = z.infer<typeof uploadSchema> & { source: ImportDoc['source'] };

export type UploadedFile = Pick<StoredFile, 'importId' | 'stored' | 'originalname' | 'isTooLarge'>;

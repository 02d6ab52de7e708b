import { z } from 'zod';
import { UNDO_OUTCOMES } from '../../contract/undo/undo';
import { ADMINISTRATORS } from '../http/authenticate';
import { linksExample, linksSchema } from '../http/links';
import { importStatus } from '../imports/import-schemas';
import { defineRoute, json, jsonOf } from '../routing/route';
import { countByChannel, IMPORT_ID, importParams } from '../schemas/common';

const tag = 'Imports';
const HASH = '8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92';

const undoOutcome = z
  .object({
    outcome: z.enum(UNDO_OUTCOMES),
    meaning: z.string().meta({ description: 'The outcome as a sentence.' }),
    count: z.int(),
    lines: z.string().meta({ description: 'As a print dialog writes pages: `2-40,42`.' }),
  })
  .meta({ id: 'UndoOutcome', description: 'The lines with which an undo does, or has done, the same.' });

const undoPlan = z
  .object({
    id: z.uuid(),
    status: importStatus,
    planHash: z
      .string()
      .nullable()
      .meta({ description: 'Send it to carry the undo out; `null` once that was asked for.' }),
    outcomes: z.array(undoOutcome).meta({ description: 'Only lines that have created or changed a person.' }),
    messages: z
      .object({
        out: countByChannel,
        waiting: countByChannel,
      })
      .meta({
        id: 'UndoMessages',
        description:
          'The messages of the import: `out` are those that went out, or are on their way, and cannot be taken back; `waiting` those that are stopped.',
      }),
    links: linksSchema,
  })
  .meta({ id: 'UndoPlan', description: 'What the undo of an import would do now, or has done.' });

export const undoPlanExample: z.input<typeof undoPlan> = {
  id: IMPORT_ID,
  status: 'completed',
  planHash: HASH,
  outcomes: [
    { outcome: 'undone', meaning: 'To be undone', count: 46, lines: '2-16,18-48' },
    { outcome: 'joined', meaning: 'Kept: the person has joined', count: 1, lines: '17' },
  ],
  messages: { out: { email: 47, sms: 47 }, waiting: { email: 0, sms: 0 } },
  links: linksExample(IMPORT_ID),
};

export const undoImport = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/undo',
  operationId: 'undoImport',
  summary: 'Undo an import: first see what that does, then carry it out',
  description:
    'Without a hash nothing is changed: the answer says what the undo would do, and has the hash. With it, the people whom the import has ' +
    'created and who have not joined are removed and their links die; the people whom it has changed get their former values back, field ' +
    'by field, unless somebody has changed them since. Each line is decided again when its turn comes, so a person who joins meanwhile is ' +
    'kept. An import that has not ended is cancelled first. Idempotent by the hash.',
  tag,
  access: ADMINISTRATORS,
  params: importParams,
  body: jsonOf(
    z.strictObject({
      planHash: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'Must be the hash of an undo')
        .optional(),
    }),
    { planHash: HASH },
  ),
  answers: {
    200: json('What the undo would do now, or has done.', undoPlan, undoPlanExample),
    202: json('The request is accepted, and is carried out soon.', undoPlan, {
      ...undoPlanExample,
      status: 'undoing',
      planHash: null,
    }),
  },
  problems: ['nothing-to-undo', 'undo-outdated', 'too-many-requests'],
});

export const downloadUndoReport = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/undo.csv',
  operationId: 'downloadUndoReport',
  summary: 'Download what the undo of an import would do, or has done, line by line',
  tag,
  access: ADMINISTRATORS,
  params: importParams,
  answers: {
    200: {
      description: 'Lines and outcomes, in UTF-8, without anything of the people.',
      written: { 'text/csv': 'Line,Outcome,Meaning,Fields kept\n' },
      headers: { 'Content-Disposition': 'The name of the file.' },
    },
  },
  problems: ['nothing-to-undo'],
});

import { z } from 'zod';
import { IMPORT_STATUSES } from '../../contract/import-status';
import type { Choices } from '../../contract/question';
import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { linksExample } from '../http/links';
import { pageLimit } from '../http/parse';
import { defineRoute, json, jsonOf } from '../routing/route';
import { IMPORT_ID, importParams, pageOf } from '../schemas/common';
import { choicesSchema } from '../uploads/upload-request';
import {
  appliedPlan,
  controlledImport,
  controlledImportExample,
  importExample,
  importSummary,
  importSummaryExample,
  importView,
} from './import-schemas';

const tag = 'Imports';
const LOCATION = { Location: 'Address of the import.' };

export const listImports = defineRoute({
  method: 'get',
  path: '/v1/imports',
  operationId: 'listImports',
  summary: 'List imports, the newest first',
  tag,
  access: ALL_ROLES,
  query: z.strictObject({
    status: z.enum(IMPORT_STATUSES).optional(),
    batch: z.uuid().optional().meta({ description: 'Only the files of one upload.' }),
    after: z.uuid().optional().meta({ description: 'The `next` of the page before.' }),
    limit: pageLimit(50),
  }),
  answers: {
    200: json('A page of imports.', pageOf('ImportPage', importSummary, z.uuid()), {
      data: [importSummaryExample],
      next: null,
    }),
  },
});

export const getImport = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}',
  operationId: 'getImport',
  summary: 'Get one import with its counts, plan and questions',
  tag,
  access: ALL_ROLES,
  params: importParams,
  answers: { 200: json('The import.', importView, importExample) },
});

export const applyPlan = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/apply',
  operationId: 'applyPlan',
  summary: 'Apply the plan of a preview',
  description: 'Idempotent by the hash: a plan that is applied already is not applied again.',
  tag,
  access: ADMINISTRATORS,
  params: importParams,
  body: jsonOf(z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/, 'Must be the hash of a plan') }), {
    planHash: 'd6a1d6c0f7b8c5a4e3f2d1c0b9a8f7e6d5c4b3a2f1e0d9c8b7a6f5e4d3c2b1a0',
  }),
  answers: {
    202: json(
      'The request is accepted.',
      appliedPlan,
      { id: IMPORT_ID, status: 'creating', applied: true, links: linksExample(IMPORT_ID) },
      LOCATION,
    ),
  },
  problems: ['nothing-to-apply', 'choices-missing', 'plan-outdated', 'too-many-requests'],
});

const someChoice = choicesSchema
  .refine((choices) => Object.keys(choices).length > 0, {
    error: `Choose at least one of: ${Object.keys(choicesSchema.shape).join(', ')}`,
  })
  // JSON has no undefined values.
  .transform((choices) => choices as Choices);

export const chooseForImport = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/choices',
  operationId: 'chooseForImport',
  summary: 'Answer the questions of an import and plan it again',
  tag,
  access: ADMINISTRATORS,
  params: importParams,
  body: jsonOf(someChoice, { hiddenRows: 'skip' }),
  answers: { 200: json('The import with its new plan.', importView, importExample) },
  problems: ['nothing-to-choose', 'choice-rejected'],
});

export const streamImportEvents = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/events',
  operationId: 'streamImportEvents',
  summary: 'Follow an import by server-sent events',
  description:
    '`progress` with the counts whenever they change, and `end` once the import rests, after which the stream closes.',
  tag,
  access: ALL_ROLES,
  params: importParams,
  answers: {
    200: {
      description: 'A stream of events.',
      written: {
        'text/event-stream':
          `id: 1\nevent: progress\ndata: {"importId":"${IMPORT_ID}","status":"inviting","lines":48}\n\n` +
          'event: end\ndata: {"status":"completed"}\n\n',
      },
    },
  },
  problems: ['too-many-streams'],
});

const control = {
  method: 'post',
  tag,
  access: ALL_ROLES,
  params: importParams,
  answers: {
    200: json('The command is in effect.', controlledImport, controlledImportExample, LOCATION),
    202: json('The command is accepted and takes effect soon.', controlledImport, controlledImportExample, LOCATION),
  },
} as const;

export const pauseImport = defineRoute({
  ...control,
  path: '/v1/imports/{id}/pause',
  operationId: 'pauseImport',
  summary: 'Pause an import: nothing more is sent',
  problems: ['nothing-to-pause', 'too-many-requests'],
});
export const resumeImport = defineRoute({
  ...control,
  path: '/v1/imports/{id}/resume',
  operationId: 'resumeImport',
  summary: 'Resume a paused import',
  problems: ['nothing-to-resume', 'too-many-requests'],
});
export const cancelImport = defineRoute({
  ...control,
  path: '/v1/imports/{id}/cancel',
  operationId: 'cancelImport',
  summary: 'Cancel an import for good',
  description: 'People created and messages sent remain.',
  problems: ['nothing-to-cancel', 'too-many-requests'],
});

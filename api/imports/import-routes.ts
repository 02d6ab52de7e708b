import { z } from 'zod';
import { IMPORT_KINDS } from '../../contract/import';
import { IMPORT_STATUSES } from '../../contract/import-status';
import { PROBLEM_CODES } from '../../contract/problem-codes';
import type { Choices } from '../../contract/question';
import { actorExample } from '../audit-log/event-schemas';
import { ADMINISTRATORS, ALL_ROLES } from '../http/authenticate';
import { linksExample } from '../http/links';
import { pageLimit } from '../http/parse';
import { NEXT_PAGE } from '../routing/page';
import { defineRoute, json, jsonOf } from '../routing/route';
import { idBeginning, IMPORT_ID, importParams, moment, pageOf } from '../schemas/common';
import { eventsAnswer, RESUMING, SEEN_TO_THE_END, streamHeaders, streamQuery } from './event-schemas';
import { chosenSendAtField, uploadSpreadField } from '../schedules/schedule-fields';
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
    id: idBeginning.optional().meta({ description: 'Only imports whose id begins so.' }),
    batch: idBeginning
      .optional()
      .meta({ description: 'Only the files of one upload, by the beginning of its id or all of it.' }),
    kind: z.enum(IMPORT_KINDS).optional(),
    q: z.string().trim().min(1).max(200).optional().meta({ description: 'A part of the name of the file.' }),
    code: z.enum(PROBLEM_CODES).optional().meta({
      description:
        'Only imports with this problem: of the file, of a row, or of a message that is not replaced by a newer one.',
    }),
    since: moment.optional().meta({ description: 'Only imports that were uploaded then or later.' }),
    until: moment.optional().meta({ description: 'Only imports that were uploaded before.' }),
    after: z.uuid().optional().meta({ description: 'The `next` of the page before.' }),
    limit: pageLimit(50),
  }),
  answers: {
    200: json(
      'A page of imports.',
      pageOf('ImportPage', importSummary, z.uuid()),
      { data: [{ ...importSummaryExample, createdBy: actorExample }], next: null },
      NEXT_PAGE,
    ),
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
  description:
    'Idempotent by the hash: a plan that is applied already is not applied again. `sendAt` and `spread` choose when it is sent, in place of ' +
    'what the upload or the organisation has chosen.',
  tag,
  access: ADMINISTRATORS,
  params: importParams,
  body: jsonOf(
    z.strictObject({
      planHash: z.string().regex(/^[0-9a-f]{64}$/, 'Must be the hash of a plan'),
      sendAt: chosenSendAtField.exactOptional().meta({
        description: 'When invitations may be sent; people are created at once. `now`: at once. Not in the past.',
      }),
      spread: uploadSpreadField
        .exactOptional()
        .meta({ description: 'At most so many people an hour or a day, such as `50/hour`; `none` for all of them.' }),
    }),
    {
      planHash: 'd6a1d6c0f7b8c5a4e3f2d1c0b9a8f7e6d5c4b3a2f1e0d9c8b7a6f5e4d3c2b1a0',
      sendAt: '2026-11-30T09:00:00+01:00',
    },
  ),
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
  .extend({
    keepMapping: z.boolean().default(false).meta({
      description: 'Makes the headings of the mapping known for all later files. System administrators only.',
    }),
  })
  .refine((choices) => Object.keys(choices).some((name) => name !== 'keepMapping'), {
    error: `Choose at least one of: ${Object.keys(choicesSchema.shape).join(', ')}`,
  })
  .refine(({ keepMapping, mapping }) => !keepMapping || mapping !== undefined, {
    path: ['keepMapping'],
    error: 'Send the mapping that is to be kept, too',
  })
  // JSON has no undefined values.
  .transform(({ keepMapping, ...choices }) => ({ keepMapping, choices: choices as Choices }));

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
  problems: ['nothing-to-choose', 'choice-rejected', 'mapping-not-kept'],
});

export const streamImportEvents = defineRoute({
  method: 'get',
  path: '/v1/imports/{id}/events',
  operationId: 'streamImportEvents',
  summary: 'Follow an import by server-sent events',
  description:
    '`progress` with the counts whenever they change, and `end` once the import rests, after which the stream closes. ' +
    RESUMING,
  tag,
  access: ALL_ROLES,
  params: importParams,
  query: streamQuery,
  headers: streamHeaders,
  answers: {
    200: eventsAnswer(
      `event: progress\ndata: {"importId":"${IMPORT_ID}","status":"completed","lines":48}`,
      'event: end\ndata: {"status":"completed"}',
    ),
    204: SEEN_TO_THE_END,
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

export const scheduleImport = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/schedule',
  operationId: 'scheduleImport',
  summary: 'Choose when the rest of an import is sent',
  description:
    'What is left out stays as it was chosen before; `{"sendAt": "now", "spread": "none"}` sends all of it at once. What was sent stays ' +
    'sent. Quiet hours hold messages back all the same, unless `ignoreQuietHours` says otherwise.',
  tag,
  access: ADMINISTRATORS,
  params: importParams,
  body: jsonOf(
    z
      .strictObject({
        sendAt: chosenSendAtField.exactOptional().meta({
          description: 'When what is left may be sent. `now`: at once. Not in the past.',
        }),
        spread: uploadSpreadField.exactOptional().meta({
          description: 'At most so many people an hour or a day, in the order of the file. `none`: all of them.',
        }),
        ignoreQuietHours: z.boolean().exactOptional().meta({
          description: 'Sends at any hour of the recipient. For tests, and for people who have agreed to it.',
        }),
      })
      .refine(
        (chosen) => Object.keys(chosen).length > 0,
        'Must choose sendAt, spread or ignoreQuietHours: {"sendAt": "now", "spread": "none"} sends all of it at once',
      ),
    { sendAt: '2026-11-30T09:00:00+01:00', spread: '50/hour' },
  ),
  answers: { 200: json('The import with its schedule.', importView, importExample) },
  problems: ['nothing-to-schedule', 'too-many-requests'],
});

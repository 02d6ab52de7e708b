import { z } from 'zod';
import { ADMINISTRATORS } from '../http/authenticate';
import { importExample, importView } from '../imports/import-schemas';
import { defineRoute, json, jsonOf } from '../routing/route';
import { importParams } from '../schemas/common';
import { sendAtField, spreadField } from './schedule-fields';

export const scheduleImport = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/schedule',
  operationId: 'scheduleImport',
  summary: 'Choose when the rest of an import is sent',
  description:
    'Takes the place of what was chosen before: an empty object sends at once. What was sent stays sent. Quiet hours hold messages ' +
    'back all the same, unless `ignoreQuietHours` says otherwise.',
  tag: 'Imports',
  access: ADMINISTRATORS,
  params: importParams,
  body: jsonOf(
    z.strictObject({
      sendAt: sendAtField.exactOptional(),
      spread: spreadField.exactOptional(),
      ignoreQuietHours: z
        .boolean()
        .exactOptional()
        .meta({ description: 'Sends at any hour of the recipient. For tests, and for people who have agreed to it.' }),
    }),
    { sendAt: '2026-11-30T09:00:00+01:00', spread: '50/hour' },
  ),
  answers: { 200: json('The import with its schedule.', importView, importExample) },
  problems: ['nothing-to-schedule', 'too-many-requests'],
});

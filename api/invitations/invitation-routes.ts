import { z } from 'zod';
import { CHANNELS, FAILURE_CLASSES } from '../../contract/invitation';
import { problemOfAll, problemOfUnconfirmed } from '../../contract/messages';
import type { RetryRequest } from '../../contract/messages';
import { PERSON_KINDS } from '../../domain/person';
import { ALL_ROLES } from '../http/authenticate';
import { linksExample, linksSchema } from '../http/links';
import { smallJsonBody } from '../http/parse';
import { defineRoute, json, jsonOf } from '../routing/route';
import { countByChannel, IMPORT_ID, importParams } from '../schemas/common';

const tag = 'Invitations';
const LOCATION = { Location: 'Address of the import.' };

/** Selects invitations of an import. `all` selects everybody; without it, at least one field must narrow the selection. */
const selectionFields = {
  rows: z.array(z.int().min(1)).min(1).max(1000).exactOptional(),
  channels: z.array(z.enum(CHANNELS)).min(1).exactOptional(),
};
const allField = { all: z.literal(true).exactOptional() };
const remindSchema = z.strictObject({ ...allField, ...selectionFields }).check(({ value, issues }) => {
  const problem = problemOfAll(value);
  if (problem) issues.push({ code: 'custom', path: ['all'], message: problem, input: value });
});
const retrySchema: z.ZodType<RetryRequest> = z
  .strictObject({
    ...allField,
    ...selectionFields,
    classes: z.array(z.enum(FAILURE_CLASSES)).min(1).exactOptional(),
    includeUnconfirmed: z.boolean().exactOptional(),
  })
  .check(({ value, issues }) => {
    const contradiction = problemOfAll(value);
    if (contradiction) issues.push({ code: 'custom', path: ['all'], message: contradiction, input: value });
    const problem = problemOfUnconfirmed(value);
    if (problem) issues.push({ code: 'custom', path: ['classes'], message: problem, input: value });
  });

export const retryImportInvitations = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/retries',
  operationId: 'retryImportInvitations',
  summary: 'Send failed invitations again',
  tag,
  access: ALL_ROLES,
  params: importParams,
  body: jsonOf(retrySchema, { rows: [17, 42], channels: ['sms'] }),
  answers: {
    202: json(
      'How many are sent again.',
      z.object({ retrying: countByChannel, links: linksSchema }).meta({ id: 'Retries' }),
      { retrying: { email: 0, sms: 2 }, links: linksExample(IMPORT_ID) },
      LOCATION,
    ),
  },
  problems: ['nothing-to-retry', 'import-ending', 'too-many-requests'],
});

export const remindOfImport = defineRoute({
  method: 'post',
  path: '/v1/imports/{id}/reminders',
  operationId: 'remindOfImport',
  summary: 'Remind people who have not accepted, each with a new link',
  tag,
  access: ALL_ROLES,
  params: importParams,
  body: jsonOf(remindSchema, { all: true }),
  answers: {
    202: json(
      'How many are reminded.',
      z.object({ reminding: countByChannel, links: linksSchema }).meta({ id: 'Reminders' }),
      { reminding: { email: 3, sms: 3 }, links: linksExample(IMPORT_ID) },
      LOCATION,
    ),
  },
  problems: ['nothing-to-remind', 'too-many-requests'],
});

export const acceptInvitation = defineRoute({
  method: 'post',
  path: '/v1/invitations/accept',
  operationId: 'acceptInvitation',
  summary: 'Accept an invitation by the token of its link',
  tag,
  access: 'token',
  body: jsonOf(z.strictObject({ token: z.string().min(1).max(200) }), { token: 'Zk3u0b8Qm1xT' }, smallJsonBody),
  answers: {
    200: json(
      'The invitation is accepted.',
      z
        .object({ organisation: z.object({ name: z.string() }), kind: z.enum(PERSON_KINDS) })
        .meta({ id: 'AcceptedInvitation' }),
      { organisation: { name: 'Harbour Wealth' }, kind: 'client' },
    ),
  },
  problems: ['invitation-unknown', 'invitation-withdrawn', 'invitation-replaced', 'invitation-expired'],
});

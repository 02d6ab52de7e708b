import { z } from 'zod';
import { SYSTEM_ADMINISTRATOR } from '../http/authenticate';
import { pageLimit } from '../http/parse';
import { NEXT_PAGE } from '../routing/page';
import { defineRoute, json } from '../routing/route';
import { pageOf } from '../schemas/common';
import { auditEvent, auditEventExample } from './event-schemas';

const tag = 'Audit log';

export const listEvents = defineRoute({
  method: 'get',
  path: '/v1/events',
  operationId: 'listEvents',
  summary: 'List who did what, the newest first',
  description: 'Every command of a known caller, and every look at unmasked addresses. Other reads leave no entry.',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  query: z.strictObject({
    import: z.uuid().optional().meta({ description: 'Only what concerned this import.' }),
    actor: z.string().min(1).max(200).optional().meta({ description: 'Only what this key or person did, by id.' }),
    action: z.string().min(1).max(100).optional().meta({ description: 'Only this operation, such as `pauseImport`.' }),
    after: z.coerce.number().int().min(1).optional().meta({ description: 'The `next` of the page before.' }),
    limit: pageLimit(100),
  }),
  answers: {
    200: json(
      'A page of entries.',
      pageOf('EventPage', auditEvent, z.int()),
      { data: [auditEventExample], next: null },
      NEXT_PAGE,
    ),
  },
});

export const exportEvents = defineRoute({
  method: 'get',
  path: '/v1/events.ndjson',
  operationId: 'exportEvents',
  summary: 'Download the whole audit log, the oldest first, in a form that can be verified',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  answers: {
    200: {
      description: 'One entry a line, in JSON. `client-import verify-events` checks it.',
      written: { 'application/x-ndjson': `${JSON.stringify(auditEventExample)}\n` },
      headers: { 'Content-Disposition': 'The name of the file.' },
    },
  },
});

export const exportEventsAsCsv = defineRoute({
  method: 'get',
  path: '/v1/events.csv',
  operationId: 'exportEventsAsCsv',
  summary: 'Download the whole audit log as CSV, the oldest first',
  tag,
  access: SYSTEM_ADMINISTRATOR,
  answers: {
    200: {
      description: 'One entry a line, in UTF-8.',
      written: { 'text/csv': 'sequence,at,action,actor_kind\n17,2026-11-28T16:00:00.000Z,pauseImport,key\n' },
      headers: { 'Content-Disposition': 'The name of the file.' },
    },
  },
});

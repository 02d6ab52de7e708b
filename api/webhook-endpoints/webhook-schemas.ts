import { z } from 'zod';
import { DELIVERY_FAILURES, DELIVERY_STATES, WEBHOOK_EVENTS } from '../../contract/webhooks/webhooks';
import { pageLimit } from '../http/parse';
import { BATCH_ID, IMPORT_ID, instant } from '../schemas/common';

const MAX_URL = 2000;
const MAX_DESCRIPTION = 200;
/** Days after which nobody remembers that a secret was rotated. */
const LONGEST_OVERLAP_HOURS = 168;

const url = z.string().min(1).max(MAX_URL);
const description = z.string().max(MAX_DESCRIPTION);
const events = z.array(z.enum(WEBHOOK_EVENTS)).min(1).max(WEBHOOK_EVENTS.length);
const id = z.uuid();

export const newEndpointSchema = z.strictObject({
  url,
  description: description.default(''),
  /** Absent or `null` for all events, of today and of later versions. */
  events: events.nullable().default(null),
});

/** Absent fields stay as they are. */
export const endpointChangeSchema = z
  .strictObject({
    url: url.exactOptional(),
    description: description.exactOptional(),
    events: events.nullable().exactOptional(),
    enabled: z.boolean().exactOptional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Change at least one of: url, description, events, enabled');

/** For how long the secret before signs, too. */
export const rotationSchema = z.strictObject({ overlapHours: z.int().min(0).max(LONGEST_OVERLAP_HOURS).default(24) });

export const listEndpointsSchema = z.strictObject({ after: id.optional(), limit: pageLimit(100) });
export const listDeliveriesSchema = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  event: z.enum(WEBHOOK_EVENTS).optional(),
  after: id.optional(),
  limit: pageLimit(100),
});

export const endpointSchema = z
  .object({
    id,
    url: z.string(),
    description: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)).nullable(),
    enabled: z.boolean(),
    /** `gone`: it answered 410. `null` where it is enabled, or an administrator has disabled it. */
    disabledBy: z.literal('gone').nullable(),
    createdAt: instant,
  })
  .meta({ id: 'WebhookEndpoint', description: 'Where an organisation is told of its imports.' });

/** With the secret, which no other answer shows. */
export const endpointWithSecretSchema = endpointSchema.extend({
  secret: z.string(),
  /** Until when the secret before also signs; `null` for none. */
  previousSecretUntil: instant.nullable(),
});

export const attemptSchema = z.object({
  at: instant,
  status: z.int().nullable(),
  error: z.string().nullable(),
  ms: z.int(),
});

export const deliverySchema = z.object({
  id,
  /** The header `webhook-id`. */
  eventId: id,
  event: z.enum(WEBHOOK_EVENTS),
  state: z.enum(DELIVERY_STATES),
  failure: z.enum(DELIVERY_FAILURES).nullable(),
  createdAt: instant,
  attemptCount: z.int(),
  lastAttempt: attemptSchema.nullable(),
});

/** One delivery: also its latest attempts, and what is sent. */
export const deliveryDetailsSchema = deliverySchema.extend({
  attempts: z.array(attemptSchema),
  payload: z.object({
    type: z.enum(WEBHOOK_EVENTS),
    timestamp: instant,
    data: z.record(z.string(), z.unknown()),
  }),
});

const endpointId = '6f1f2d6e-2a53-4b5e-9c0d-3f7f1a5f2b10';
export const endpointExample: z.input<typeof endpointSchema> = {
  ...{ id: endpointId, url: 'https://example.com/webhooks', description: '', events: ['import.completed'] },
  ...{ enabled: true, disabledBy: null, createdAt: '2026-11-28T09:00:00.000Z' },
};
export const endpointWithSecretExample: z.input<typeof endpointWithSecretSchema> = {
  ...endpointExample,
  secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
  previousSecretUntil: null,
};
const attemptExample = { at: '2026-11-28T09:00:01.000Z', status: 204, error: null, ms: 84 };
export const deliveryExample: z.input<typeof deliverySchema> = {
  ...{ id: '0b6ad6a0-5f0e-8a1c-9d35-5b8f1e7b9c02', eventId: '5f0e0b6a-d6a0-8a1c-9d35-1e7b9c025b8f' },
  ...{ event: 'import.completed', state: 'delivered', failure: null, createdAt: '2026-11-28T09:00:00.000Z' },
  ...{ attemptCount: 1, lastAttempt: attemptExample },
};
export const deliveryDetailsExample: z.input<typeof deliveryDetailsSchema> = {
  ...deliveryExample,
  attempts: [attemptExample],
  payload: {
    type: 'import.completed',
    timestamp: '2026-11-28T09:00:00.000Z',
    data: { import: IMPORT_ID, batch: BATCH_ID, kind: 'clients', status: 'completed', sequence: 1, lines: 48 },
  },
};

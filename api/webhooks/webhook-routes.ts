import { z } from 'zod';
import { defineRoute } from '../routing/route';

const common = {
  method: 'post',
  tag: 'Provider reports',
  access: 'webhook',
  answers: { 204: { description: 'The reports are stored.', empty: true } },
  problems: ['signature-invalid', 'too-many-fields', 'webhook-not-set-up'],
} as const;

/** The routes that providers call, by provider. The signature covers the bytes of the body, so the handler reads it. */
export const WEBHOOK_ROUTES = {
  twilio: defineRoute({
    ...common,
    path: '/v1/webhooks/twilio',
    operationId: 'reportFromTwilio',
    summary: 'Take a report of Twilio about an SMS',
    body: {
      content: {
        'application/x-www-form-urlencoded': {
          schema: z.record(z.string(), z.string()),
          example: { MessageSid: 'SM00000000000000000000000000000000', MessageStatus: 'delivered' },
        },
      },
    },
  }),
  sendgrid: defineRoute({
    ...common,
    path: '/v1/webhooks/sendgrid',
    operationId: 'reportFromSendGrid',
    summary: 'Take events of SendGrid about e-mails',
    body: {
      content: {
        'application/json': {
          schema: z.array(z.record(z.string(), z.unknown())),
          example: [{ event: 'delivered', sg_event_id: 'ZGVsaXZlcmVk', timestamp: 1795449600 }],
        },
      },
    },
  }),
};

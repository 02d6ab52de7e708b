import type { Config } from '../platform/config';
import { createSendGridReader } from './sendgrid-webhook';
import { createTwilioReader } from './twilio-webhook';
import type { WebhookReader } from './webhook-reader';

export type WebhookReaders = Partial<Record<'twilio' | 'sendgrid', WebhookReader>>;

/** The readers of the providers for which these settings are enough to check signatures. */
export function createWebhookReaders({ webhooks, twilio }: Pick<Config, 'webhooks' | 'twilio'>): WebhookReaders {
  const { baseUrl, sendgridPublicKey } = webhooks;
  const authToken = twilio.authToken?.trim();
  return {
    ...(baseUrl && authToken && { twilio: createTwilioReader({ baseUrl, authToken }) }),
    ...(sendgridPublicKey && { sendgrid: createSendGridReader({ publicKey: sendgridPublicKey }) }),
  };
}

import type { Channel } from '../contract/invitation';
import type { Config } from '../platform/config';
import { createHttpTransport, TransportError, UnusableAnswer } from './http/http-transport';
import type { TemplateAnswer } from './template-answer';
import { sendGridTemplate } from './sendgrid/sendgrid-templates';
import { twilioContent } from './twilio/twilio-content';

export type TemplateLookUp = (channel: Channel, templateId: string) => Promise<TemplateAnswer>;

/** Somebody waits for the answer. In milliseconds. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * Asks SendGrid for dynamic templates and Twilio for content. SendGrid accepts a mail whose template it does not know and drops it later
 * (https://github.com/sendgrid/sendgrid-go/issues/255), so this is the only moment at which somebody is told. Absent without credentials.
 */
export function createTemplateLookUp({ twilio, sendgrid }: Config): TemplateLookUp | undefined {
  const { accountSid, authToken } = twilio;
  const { apiKey } = sendgrid;
  if (!accountSid || !authToken || !apiKey) return undefined;
  const transport = createHttpTransport({ deadlineMs: ANSWER_WITHIN_MS, connections: 2 });
  const askFor = {
    email: sendGridTemplate({ apiKey, baseUrl: sendgrid.baseUrl }, transport),
    sms: twilioContent({ accountSid, authToken, baseUrl: twilio.baseUrl }, transport),
  };
  return async (channel, templateId) => {
    try {
      return await askFor[channel](templateId);
    } catch (error) {
      return withoutTemplate(error);
    }
  };
}

function withoutTemplate(error: unknown): TemplateAnswer {
  if (error instanceof UnusableAnswer) {
    const { status } = error.answer;
    if (status === 404) return { kind: 'missing', because: 'unknown' };
    return { kind: 'unverified', because: status === 401 || status === 403 ? 'forbidden' : 'unavailable' };
  }
  if (error instanceof TransportError) return { kind: 'unverified', because: 'unavailable' };
  throw error;
}

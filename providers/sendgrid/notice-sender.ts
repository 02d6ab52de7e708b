import { classifySendGrid } from '../classify';
import { createHttpTransport, UnusableAnswer } from '../http/http-transport';
import type { SendDeadline } from '../send-deadline';
import type { SendOutcome } from '../sender';
import { learnPost, MESSAGE_ID } from './sendgrid-sender';
import type { SendGridSenderOptions } from './sendgrid-sender';

/** An e-mail to an administrator. */
export interface NoticeMessage {
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Sends one notice by one request. Never retries, and never throws for an answer of the provider. */
export type NoticeSender = (message: NoticeMessage, deadline: SendDeadline) => Promise<SendOutcome>;

export function createNoticeSender(options: Omit<SendGridSenderOptions, 'batchSize' | 'connections'>): NoticeSender {
  const transport = createHttpTransport({ ...options, connections: 1 });

  return async ({ id, to, subject, text }, deadline) => {
    const { url, headers, mail } = learnPost(options, { subject, text });
    const personalizations = [{ to: [{ email: to }], custom_args: { notice: id } }];
    const body = JSON.stringify({ ...mail, personalizations });
    try {
      const answer = await transport({ method: 'POST', url, headers, body, deadline: deadline.forRequest() });
      const providerId = answer.headers[MESSAGE_ID];
      if (answer.status !== 202 || typeof providerId !== 'string') throw new UnusableAnswer(answer);
      return { kind: 'accepted', providerId };
    } catch (error) {
      return classifySendGrid(error);
    }
  };
}

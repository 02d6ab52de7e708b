import { Client } from '@sendgrid/client';
import type { ClientRequest } from '@sendgrid/client/src/request';
import type { ClientResponse } from '@sendgrid/client/src/response';
import { MailService } from '@sendgrid/mail';
import { mayBeSandbox } from '../base-urls';
import { UnusableAnswer, createHttpTransport } from '../http/http-transport';
import type { HttpTransportOptions, RequestDeadline } from '../http/http-transport';
import type { SendDeadline } from '../send-deadline';
import { findAllMails } from './sandbox-mails';
import { sendInParts } from './send-in-parts';
import type { InvitationMessage, InvitationSender, SendOutcome } from '../sender';
import { EMAIL_TEMPLATE, emailSubstitutions } from '../templates';

export interface SendGridSenderOptions extends HttpTransportOptions {
  apiKey: string;
  /** `Name <address>` or an address. */
  from: string;
  /** Another host in place of api.sendgrid.com. */
  baseUrl?: string | undefined;
  /** People in one request, 1,000 at most. */
  batchSize: number;
}

export function createSendGridSender(options: SendGridSenderOptions): InvitationSender {
  const transport = createHttpTransport(options);
  const { url, headers, mail } = learnPost(options);

  /** Resolves with the id of the request. Rejects with `UnusableAnswer` for anything but an accepted mail. */
  async function post(messages: readonly InvitationMessage[], deadline: RequestDeadline): Promise<string> {
    const body = JSON.stringify({ ...mail, personalizations: messages.map(personalization) });
    const answer = await transport({ method: 'POST', url, headers, body, deadline });
    const id = answer.headers[MESSAGE_ID];
    if (answer.status !== 202 || typeof id !== 'string') throw new UnusableAnswer(answer);
    return id;
  }

  const send = (messages: readonly InvitationMessage[], deadline: SendDeadline): Promise<SendOutcome[]> => {
    const shared = deadline.forRequest();
    return sendInParts(messages, (part) => post(part, shared));
  };

  const { baseUrl, batchSize } = options;
  if (baseUrl === undefined || !mayBeSandbox(baseUrl)) return { channel: 'email', batchSize, send };
  // The whole import in one answer, with the text of each mail.
  const forAudits = createHttpTransport({ ...options, connections: 1, maxAnswerBytes: 256 * 1024 * 1024 });
  return { channel: 'email', batchSize, send, findAll: findAllMails.bind(undefined, forAudits, baseUrl) };
}

export const MESSAGE_ID = 'x-message-id';

/** One person's part of a request, in SendGrid's own words. */
const personalization = (message: InvitationMessage) => ({
  to: [{ email: message.to }],
  substitutions: emailSubstitutions(message),
  custom_args: { invitation: message.id },
});

/**
 * Where and how the SDK sends a mail to many, apart from the people. It is asked once: it copies what it is given three times and rewrites
 * the case of its keys twice. It makes its request before `send` returns.
 */
export function learnPost(
  { apiKey, from, baseUrl }: Pick<SendGridSenderOptions, 'apiKey' | 'from' | 'baseUrl'>,
  content: { subject: string; text: string; html?: string } = EMAIL_TEMPLATE,
) {
  const client = new LearningClient();
  // Not `setApiKey`, which writes to the console about other keys than SendGrid's and puts the base URL back.
  client.setDefaultHeader('Authorization', `Bearer ${apiKey}`);
  if (baseUrl !== undefined) client.setDefaultRequest('baseUrl', baseUrl);
  const service = new MailService();
  service.setClient(client);
  void service.send({
    from,
    ...content,
    personalizations: [],
    // The link is a secret; tracking would lead it through another host.
    trackingSettings: { clickTracking: { enable: false, enableText: false } },
  });
  const { baseURL, url, headers, data } = client.made!;
  return { url: baseURL.replace(/\/+$/, '') + url, headers, mail: data };
}

/** Makes no request, and shows the one that it should have made. */
class LearningClient extends Client {
  made: AxiosLikeRequest | undefined;

  override request(data: ClientRequest): Promise<[ClientResponse, object]> {
    // What the SDK's types say of `createRequest` is not what it returns.
    this.made = this.createRequest(data) as unknown as AxiosLikeRequest;
    return new Promise(() => undefined);
  }
}

interface AxiosLikeRequest {
  baseURL: string;
  url: string;
  headers: Record<string, string>;
  data: object;
}

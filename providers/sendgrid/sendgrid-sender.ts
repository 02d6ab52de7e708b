import { Client } from '@sendgrid/client';
import type { ClientRequest } from '@sendgrid/client/src/request';
import type { ClientResponse } from '@sendgrid/client/src/response';
import { MailService } from '@sendgrid/mail';
import { BUILT_IN_EMAIL } from '../../domain/message-texts/built-in-texts';
import { contentVariables } from '../../domain/message-texts/content-variables';
import { emailSubstitutions, emailTemplateOf } from '../../domain/message-texts/email-content';
import { isProviderTemplate } from '../../domain/message-texts/message-text';
import type { EmailContent } from '../../domain/message-texts/message-text';
import { mayBeSandbox } from '../base-urls';
import { UnusableAnswer, createHttpTransport } from '../http/http-transport';
import type { HttpTransportOptions, RequestDeadline } from '../http/http-transport';
import type { SendDeadline } from '../send-deadline';
import { findAllMails } from './sandbox-mails';
import { sendInParts } from './send-in-parts';
import { valuesIn } from '../sender';
import type { InvitationMessage, InvitationSender, SendOutcome } from '../sender';

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
  const mailTo = createMailWriter(mail);

  /** Resolves with the id of the request. Rejects with `UnusableAnswer` for anything but an accepted mail. */
  async function post(messages: readonly InvitationMessage[], deadline: RequestDeadline): Promise<string> {
    const body = JSON.stringify({ ...mailTo(messages[0]!), personalizations: messages.map(personalization) });
    const answer = await transport({ method: 'POST', url, headers, body, deadline });
    const id = answer.headers[MESSAGE_ID];
    if (answer.status !== 202 || typeof id !== 'string') throw new UnusableAnswer(answer);
    return id;
  }

  const send = (messages: readonly InvitationMessage[], deadline: SendDeadline): Promise<SendOutcome[]> => {
    const shared = deadline.forRequest();
    return sendInParts(messages, byMail(messages), (part) => post(part, shared));
  };

  const { baseUrl, batchSize } = options;
  if (baseUrl === undefined || !mayBeSandbox(baseUrl)) return { channel: 'email', batchSize, send };
  // The whole import in one answer, with the text of each mail.
  const forAudits = createHttpTransport({ ...options, connections: 1, maxAnswerBytes: 256 * 1024 * 1024 });
  return { channel: 'email', batchSize, send, findAll: findAllMails.bind(undefined, forAudits, baseUrl) };
}

export const MESSAGE_ID = 'x-message-id';

const textOf = ({ text }: InvitationMessage): EmailContent => (text as EmailContent | undefined) ?? BUILT_IN_EMAIL;

/** One person's part of a request, in SendGrid's own words. */
function personalization(message: InvitationMessage) {
  const text = textOf(message);
  const { unsubscribeUrl } = message;
  return {
    to: [{ email: message.to }],
    ...(isProviderTemplate(text)
      ? { dynamic_template_data: contentVariables(valuesIn(message)) }
      : { substitutions: emailSubstitutions(emailTemplateOf(text), valuesIn(message)) }),
    custom_args: { invitation: message.id },
    ...(unsubscribeUrl !== undefined && {
      headers: { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    }),
  };
}

/** One request has one text and one sender. A batch has as many as its people have languages. */
function byMail(messages: readonly InvitationMessage[]): InvitationMessage[][] {
  const parts: InvitationMessage[][] = [];
  for (const message of messages) {
    const { text, identity } = message;
    const part = parts.find(([one]) => one!.text === text && one!.identity === identity);
    if (part) part.push(message);
    else parts.push([message]);
  }
  return parts;
}

/** Makes what is the same for all mails of a request, once for each text and sender. */
function createMailWriter(learned: LearnedMail): (message: InvitationMessage) => object {
  const written = new WeakMap<EmailContent, { identity: InvitationMessage['identity']; mail: object }>();

  return (message) => {
    const { identity } = message;
    const text = textOf(message);
    const before = written.get(text);
    if (before && before.identity === identity) return before.mail;
    const mail = write(text, identity);
    written.set(text, { identity, mail });
    return mail;
  };

  function write(text: EmailContent, identity: InvitationMessage['identity']): object {
    return {
      ...learned,
      // What stood in place of a text is in no JSON.
      ...{ subject: undefined, content: undefined },
      from: { ...learned.from, ...(identity?.name !== undefined && { name: identity.name }) },
      ...(identity?.replyTo !== undefined && { reply_to: { email: identity.replyTo } }),
      ...(isProviderTemplate(text) ? { template_id: text.templateId } : contentOf(emailTemplateOf(text))),
    };
  }
}

const contentOf = ({ subject, text, html }: { subject: string; text: string; html: string }) => ({
  subject,
  content: [
    { type: 'text/plain', value: text },
    { type: 'text/html', value: html },
  ],
});

/** The parts of the SDK's request that depend on text and sender. The rest goes as it is. */
interface LearnedMail {
  from: { email: string; name?: string };
  subject?: unknown;
  content?: unknown;
}

/**
 * Where and how the SDK sends a mail to many, apart from the people. It is asked once: it copies what it is given three times and rewrites
 * the case of its keys twice. It makes its request before `send` returns.
 */
export function learnPost(
  { apiKey, from, baseUrl }: Pick<SendGridSenderOptions, 'apiKey' | 'from' | 'baseUrl'>,
  // The SDK wants some; invitations put each text in its place.
  content: { subject: string; text: string; html?: string } = { subject: 'subject', text: 'text' },
) {
  const client = learningClient({ apiKey, baseUrl });
  const service = new MailService();
  service.setClient(client);
  void service.send({
    from,
    ...content,
    personalizations: [],
    // The link is a secret; tracking would lead it through another host.
    trackingSettings: { clickTracking: { enable: false, enableText: false } },
  });
  // Its address is an object of the SDK, which leaves an empty name out only as JSON.
  return { ...placeOf(client), mail: JSON.parse(JSON.stringify(client.made!.data)) as LearnedMail };
}

/** Where and how the SDK makes any other request. */
export function learnRequest(account: Pick<SendGridSenderOptions, 'apiKey' | 'baseUrl'>, request: ClientRequest) {
  const client = learningClient(account);
  void client.request(request);
  return placeOf(client);
}

function learningClient({ apiKey, baseUrl }: Pick<SendGridSenderOptions, 'apiKey' | 'baseUrl'>): LearningClient {
  const client = new LearningClient();
  // Not `setApiKey`, which writes to the console about other keys than SendGrid's and puts the base URL back.
  client.setDefaultHeader('Authorization', `Bearer ${apiKey}`);
  if (baseUrl !== undefined) client.setDefaultRequest('baseUrl', baseUrl);
  return client;
}

function placeOf({ made }: LearningClient): { url: string; headers: Record<string, string> } {
  const { baseURL, url, headers } = made!;
  return { url: baseURL.replace(/\/+$/, '') + url, headers };
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

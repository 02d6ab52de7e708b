import { Client } from '@sendgrid/client';
import type { ClientRequest } from '@sendgrid/client/src/request';
import type { ClientResponse } from '@sendgrid/client/src/response';
import { MailService } from '@sendgrid/mail';
import { mayBeSandbox } from '../base-urls';
import { UnusableAnswer, createHttpTransport } from '../http/http-transport';
import type { HttpTransport, HttpTransportOptions, RequestDeadline } from '../http/http-transport';
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

  /** Resolves with the id of the request. */
  async function post(messages: readonly InvitationMessage[], deadline: RequestDeadline): Promise<string> {
    const mail = new MailService();
    mail.setClient(new DeadlineClient(options, transport, deadline, messages.map(personalization)));
    const [response] = await mail.send({
      from: options.from,
      ...EMAIL_TEMPLATE,
      // Each is in the request already: the SDK would copy it three times and rewrite the case of its keys twice, in 18 µs.
      personalizations: [],
      // The link is a secret; tracking would lead it through another host.
      trackingSettings: { clickTracking: { enable: false, enableText: false } },
    });
    return (response.headers as Record<string, string>)[MESSAGE_ID]!;
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

const MESSAGE_ID = 'x-message-id';

/** One person's part of a request, in SendGrid's own words. */
const personalization = (message: InvitationMessage) => ({
  to: [{ email: message.to }],
  substitutions: emailSubstitutions(message),
  custom_args: { invitation: message.id },
});

/**
 * The SDK's client over our transport in place of axios, which has no deadline and whose errors hold the key and the
 * mail. One for each request; those of one `send` share their deadline.
 */
class DeadlineClient extends Client {
  constructor(
    options: SendGridSenderOptions,
    private readonly transport: HttpTransport,
    private readonly deadline: RequestDeadline,
    private readonly personalizations: readonly object[],
  ) {
    super();
    // Not `setApiKey`, which writes to the console about other keys than SendGrid's and puts the base URL back.
    this.setDefaultHeader('Authorization', `Bearer ${options.apiKey}`);
    if (options.baseUrl !== undefined) this.setDefaultRequest('baseUrl', options.baseUrl);
  }

  /**
   * Rejects with `UnusableAnswer` for anything but an accepted mail. Not with the SDK's `ResponseError`: it makes a
   * regular expression of the working directory and throws a SyntaxError where that is called, say, `c++`.
   */
  override async request(data: ClientRequest): Promise<[ClientResponse, object]> {
    // What the SDK's types say of `createRequest` is not what it returns.
    const request = this.createRequest(data) as unknown as AxiosLikeRequest;
    const answer = await this.transport({
      method: 'POST',
      url: request.baseURL.replace(/\/+$/, '') + request.url,
      headers: request.headers,
      body: JSON.stringify({ ...request.data, personalizations: this.personalizations }),
      deadline: this.deadline,
    });
    if (answer.status !== 202 || typeof answer.headers[MESSAGE_ID] !== 'string') throw new UnusableAnswer(answer);
    const { status: statusCode, headers } = answer;
    return [{ statusCode, headers, body: {} }, {}];
  }
}

interface AxiosLikeRequest {
  baseURL: string;
  url: string;
  headers: Record<string, string>;
  data: object;
}

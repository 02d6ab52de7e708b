import twilio from 'twilio';
import { asObject, classifyTwilio, parseJson } from './classify';
import { TransportError, UnusableAnswer, createHttpTransport } from './http-transport';
import type { HttpTransport, HttpTransportOptions } from './http-transport';
import type { InvitationMessage, InvitationSender, LookUpOutcome, SendOutcome } from './sender';
import { smsBody } from './templates';

export interface TwilioSenderOptions extends HttpTransportOptions {
  accountSid: string;
  authToken: string;
  /** A number in E.164, an alphanumeric sender, or the SID of a Messaging Service (`MG…`). */
  from: string;
  /** Another host in place of api.twilio.com. */
  baseUrl?: string | undefined;
}

const LOOK_UP_PAGE = 100;
const LOOK_UP_PAGES = 10;

/** The provider could not be asked. Carries a short code only. */
export class LookUpError extends Error {
  override readonly name = 'LookUpError';
}

export function createTwilioSender(options: TwilioSenderOptions): InvitationSender {
  const client = twilio(options.accountSid, options.authToken, {
    httpClient: httpClient(createHttpTransport(options)),
  });
  if (options.baseUrl !== undefined) client.api.baseUrl = options.baseUrl;
  const sender = options.from.startsWith('MG') ? { messagingServiceSid: options.from } : { from: options.from };

  async function sendOne(message: InvitationMessage): Promise<SendOutcome> {
    try {
      const { sid } = await client.messages.create({ to: message.to, body: smsBody(message), ...sender });
      return { kind: 'accepted', providerId: sid };
    } catch (error) {
      return classifyTwilio(error);
    }
  }

  /**
   * Asks by recipient alone: Twilio's filter is by the date of sending, which a queued message does not have yet. The
   * newest messages come first, so the last thousand to one number are enough. Throws `LookUpError`.
   */
  async function lookUp(message: InvitationMessage): Promise<LookUpOutcome> {
    try {
      let page: Page = await client.messages.page({ to: message.to, pageSize: LOOK_UP_PAGE });
      for (let read = 1; ; read++) {
        const found = page.instances.find(({ body }) => body?.includes(message.token));
        if (found) return { kind: 'accepted', providerId: found.sid };
        const next = read < LOOK_UP_PAGES ? page.nextPage() : undefined;
        if (!next) return { kind: 'not-found' };
        page = await next;
      }
    } catch (error) {
      throw new LookUpError(`Twilio could not be asked for its messages (${reason(error)}).`);
    }
  }

  return { channel: 'sms', batchSize: 1, send: (messages) => Promise.all(messages.map(sendOne)), lookUp };
}

type Page = Pick<Awaited<ReturnType<twilio.Twilio['messages']['page']>>, 'instances' | 'nextPage'>;
type SdkRequest = Parameters<twilio.RequestClient['request']>[0];

/**
 * What the SDK needs of an HTTP client, in place of its own one over axios: that one has no deadline for the body, and
 * its errors hold the credentials. Answers that the SDK would make an exception of, without headers, end here.
 */
function httpClient(transport: HttpTransport): twilio.RequestClient {
  async function request({ method, uri, username = '', password = '', headers = {}, params, data }: SdkRequest) {
    const answer = await transport({
      method: method === 'post' ? 'POST' : 'GET',
      url: params ? `${uri}?${form(params)}` : uri,
      headers: { ...headers, Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
      ...(data ? { body: form(data) } : {}),
    });
    const body = asObject(parseJson(answer.body));
    const complete = method === 'post' ? typeof body.sid === 'string' : Array.isArray(body.messages);
    if (answer.status < 200 || answer.status > 299 || !complete) throw new UnusableAnswer(answer);
    return { statusCode: answer.status, body, headers: answer.headers };
  }
  return { request } as unknown as twilio.RequestClient;
}

const form = (fields: object): string => new URLSearchParams(Object.entries(fields) as [string, string][]).toString();

/** The messages of our own errors are short codes; those of an SDK or a parser may repeat what was received. */
const reason = (error: unknown): string =>
  error instanceof TransportError || error instanceof UnusableAnswer ? error.message : 'unexpected-error';

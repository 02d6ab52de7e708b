import { stringify } from 'node:querystring';
import twilio from 'twilio';
import { TOO_LATE } from '../../domain/provider-answers/network-errors';
import { asObject, parseJson } from '../classify';
import { TransportError, UnusableAnswer } from '../http/http-transport';
import type { HttpAnswer, HttpTransport, RequestDeadline } from '../http/http-transport';

export interface TwilioAccount {
  accountSid: string;
  authToken: string;
  /** Another host in place of api.twilio.com. */
  baseUrl?: string | undefined;
}

/** A number or name in `from`, or the SID of a Messaging Service. */
export type TwilioFrom = { from: string } | { messagingServiceSid: string };

export interface SmsFields {
  to: string;
  /** Our text, or content that Twilio keeps, with its variables in JSON. */
  content: { body: string } | { contentSid: string; contentVariables: string };
  /** The URL to which Twilio reports on this message. */
  statusCallback?: string;
}

export interface TwilioClient {
  /** For questions. A message that it is asked to send is not sent, since no claim stands behind it. */
  readonly client: twilio.Twilio;
  /** Sends an SMS and resolves with its SID. Throws `TransportError` or `UnusableAnswer`. */
  post: (sms: SmsFields, deadline: RequestDeadline) => Promise<string>;
}

/** For questions alone, without a sender. */
export function createTwilioQuestions(account: TwilioAccount, transport: HttpTransport): twilio.Twilio {
  return createSdk(account, (request) => ask(transport, authorizationOf(account), request));
}

const authorizationOf = ({ accountSid, authToken }: TwilioAccount): string =>
  `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

export function createTwilioClient(account: TwilioAccount, from: TwilioFrom, transport: HttpTransport): TwilioClient {
  const authorization = authorizationOf(account);
  const { url, headers, fields } = learnPost(account, from);
  headers['Authorization'] = authorization;

  return {
    client: createTwilioQuestions(account, transport),

    async post({ to, content, statusCallback }, deadline) {
      const text =
        'body' in content
          ? { Body: content.body }
          : { ContentSid: content.contentSid, ContentVariables: content.contentVariables };
      const data = { ...fields, To: to, ...text, ...(statusCallback && { StatusCallback: statusCallback }) };
      const answer = await transport({ method: 'POST', url, headers, body: form(data), deadline });
      const { sid } = asObject(parseJson(answer.body));
      if (!isSuccess(answer) || typeof sid !== 'string') throw new UnusableAnswer(answer);
      return sid;
    },
  };
}

type SdkRequest = Parameters<twilio.RequestClient['request']>[0];

/** The SDK with an HTTP client in place of its own one over axios: that has no deadline for the body, and its errors hold the credentials. */
function createSdk(
  { accountSid, authToken, baseUrl }: TwilioAccount,
  request: (request: SdkRequest) => Promise<object>,
): twilio.Twilio {
  const client = twilio(accountSid, authToken, { httpClient: { request } as unknown as twilio.RequestClient });
  if (baseUrl !== undefined) {
    const host = baseUrl.replace(/\/+$/, '');
    client.api.baseUrl = host;
    // Its products have hosts of their own, by the same edge and region; a sandbox has one for all.
    client.content.baseUrl = host.replace(/^https:\/\/api\.(?=([\w-]+\.)*twilio\.com$)/, 'https://content.');
    // Otherwise the SDK puts TWILIO_EDGE and TWILIO_REGION of the environment into any host, and drops parts of long names.
    client.getHostname = (hostname) => hostname;
  }
  return client;
}

/**
 * Where and how the SDK sends a message of this account, apart from its text and recipient. It is asked once, since it takes as long to
 * make a request, and an object of the answer, as the request itself takes. It calls its HTTP client before `create` returns.
 */
function learnPost(account: TwilioAccount, from: TwilioFrom) {
  const made: SdkRequest[] = [];
  const client = createSdk(account, (request) => {
    made.push(request);
    return new Promise(() => undefined);
  });
  void client.messages.create({ to: '', body: '', ...from });
  const [{ uri, headers = {}, data = {} }] = made as [SdkRequest];
  return { url: uri, headers: headers as Record<string, string>, fields: data as Record<string, string> };
}

/** Answers a question of the SDK. What it would make an exception of, without headers, ends here. */
async function ask(
  transport: HttpTransport,
  authorization: string,
  { method, uri, headers = {}, params }: SdkRequest,
): Promise<object> {
  if (method !== 'get') throw new TransportError('not-sent', TOO_LATE);
  const answer = await transport({
    method: 'GET',
    url: params ? `${uri}?${form(params)}` : uri,
    headers: { ...headers, Authorization: authorization },
  });
  const body = asObject(parseJson(answer.body));
  const isComplete = typeof body.sid === 'string' || Array.isArray(body.messages);
  if (!isSuccess(answer) || !isComplete) throw new UnusableAnswer(answer);
  return { statusCode: answer.status, body, headers: answer.headers };
}

const isSuccess = ({ status }: HttpAnswer): boolean => status >= 200 && status <= 299;
const form = (fields: object): string => stringify(fields as Record<string, string>);

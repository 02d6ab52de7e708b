import { stringify } from 'node:querystring';
import twilio from 'twilio';
import { TOO_LATE } from '../../domain/provider-answers/network-errors';
import { asObject, parseJson } from '../classify';
import { TransportError, UnusableAnswer } from '../http/http-transport';
import type { HttpTransport, RequestDeadline } from '../http/http-transport';

export interface TwilioAccount {
  accountSid: string;
  authToken: string;
  /** Another host in place of api.twilio.com. */
  baseUrl?: string | undefined;
}

export interface TwilioClient {
  readonly client: twilio.Twilio;
  /** Has the request that `call` makes first end by this deadline; later ones have the whole time of the transport. */
  within: <Answer>(deadline: RequestDeadline, call: (client: twilio.Twilio) => Answer) => Answer;
}

/**
 * One client for all requests: to make one costs 14 µs. The SDK has no way to hand anything down to a single request, but it
 * calls its HTTP client before `create` returns, so the deadline is in a variable for that long.
 */
export function createTwilioClient(
  { accountSid, authToken, baseUrl }: TwilioAccount,
  transport: HttpTransport,
): TwilioClient {
  let current: RequestDeadline | undefined;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const httpClient = createHttpClient(transport, authorization, () => current);
  const client = twilio(accountSid, authToken, { httpClient });
  if (baseUrl !== undefined) {
    client.api.baseUrl = baseUrl.replace(/\/+$/, '');
    // Otherwise the SDK puts TWILIO_EDGE and TWILIO_REGION of the environment into any host, and drops parts of long names.
    client.getHostname = (hostname) => hostname;
  }
  return {
    client,
    within(deadline, call) {
      current = deadline;
      try {
        return call(client);
      } finally {
        current = undefined;
      }
    },
  };
}

type SdkRequest = Parameters<twilio.RequestClient['request']>[0];

/**
 * What the SDK needs of an HTTP client, in place of its own one over axios: that one has no deadline for the body, and
 * its errors hold the credentials. Answers that the SDK would make an exception of, without headers, end here.
 */
function createHttpClient(
  transport: HttpTransport,
  authorization: string,
  currentDeadline: () => RequestDeadline | undefined,
): twilio.RequestClient {
  async function request({ method, uri, headers = {}, params, data }: SdkRequest) {
    const deadline = currentDeadline();
    const isPost = method === 'post';
    // A message is never sent without the deadline of its claim, whatever a later version of the SDK does first.
    if (isPost && !deadline) throw new TransportError('not-sent', TOO_LATE);
    headers['Authorization'] = authorization;
    const answer = await transport({
      method: isPost ? 'POST' : 'GET',
      url: params ? `${uri}?${form(params)}` : uri,
      headers,
      ...(data ? { body: form(data) } : {}),
      deadline,
    });
    const body = asObject(parseJson(answer.body));
    const complete = typeof body.sid === 'string' || (!isPost && Array.isArray(body.messages));
    if (answer.status < 200 || answer.status > 299 || !complete) throw new UnusableAnswer(answer);
    return { statusCode: answer.status, body: isPost ? { ...UNREAD, sid: body.sid } : body, headers: answer.headers };
  }
  return { request } as unknown as twilio.RequestClient;
}

/** Of a message just sent only the SID is asked for; the SDK takes 9 µs to read these dates, or to make up absent ones. */
const UNREAD = { date_created: null, date_updated: null, date_sent: null };

const form = (fields: object): string => stringify(fields as Record<string, string>);

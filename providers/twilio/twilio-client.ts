import twilio from 'twilio';
import { asObject, parseJson } from '../classify';
import { UnusableAnswer } from '../http/http-transport';
import type { HttpTransport, RequestDeadline } from '../http/http-transport';

export interface TwilioAccount {
  accountSid: string;
  authToken: string;
  /** Another host in place of api.twilio.com. */
  baseUrl?: string | undefined;
}

/** Costs microseconds, and the SDK has no other way to hand anything down to a single request: make one for each. */
export function createTwilioClient(
  { accountSid, authToken, baseUrl }: TwilioAccount,
  transport: HttpTransport,
  deadline?: RequestDeadline,
): twilio.Twilio {
  const client = twilio(accountSid, authToken, { httpClient: httpClient(transport, deadline) });
  if (baseUrl === undefined) return client;
  client.api.baseUrl = baseUrl.replace(/\/+$/, '');
  // Otherwise the SDK puts TWILIO_EDGE and TWILIO_REGION of the environment into any host, and drops parts of long names.
  client.getHostname = (hostname) => hostname;
  return client;
}

type SdkRequest = Parameters<twilio.RequestClient['request']>[0];

/**
 * What the SDK needs of an HTTP client, in place of its own one over axios: that one has no deadline for the body, and
 * its errors hold the credentials. Answers that the SDK would make an exception of, without headers, end here.
 */
function httpClient(transport: HttpTransport, deadline: RequestDeadline | undefined): twilio.RequestClient {
  async function request({ method, uri, username = '', password = '', headers = {}, params, data }: SdkRequest) {
    const answer = await transport({
      method: method === 'post' ? 'POST' : 'GET',
      url: params ? `${uri}?${form(params)}` : uri,
      headers: { ...headers, Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
      ...(data ? { body: form(data) } : {}),
      deadline,
    });
    const body = asObject(parseJson(answer.body));
    const complete = typeof body.sid === 'string' || (method !== 'post' && Array.isArray(body.messages));
    if (answer.status < 200 || answer.status > 299 || !complete) throw new UnusableAnswer(answer);
    return { statusCode: answer.status, body, headers: answer.headers };
  }
  return { request } as unknown as twilio.RequestClient;
}

const form = (fields: object): string => new URLSearchParams(Object.entries(fields) as [string, string][]).toString();

import type { Answer } from '../http/answer';
import type { FailureDetails, ErrorFormat } from '../http/exchange';
import type { LedgerMessage } from '../ledger/ledger';
import { countSegments } from './segments';

export const TWILIO_API = '/2010-04-01';

/** Status and text of Twilio's error codes, as its error reference describes them. */
const ERRORS: Readonly<Record<number, readonly [status: number, message: string]>> = {
  20001: [400, 'The request cannot be understood'],
  20003: [401, 'Authenticate: the account SID and the auth token do not belong together'],
  20403: [403, 'This account may not do that'],
  20404: [404, 'There is no such resource'],
  20429: [429, 'Too many requests'],
  20500: [500, 'Internal server error'],
  20503: [503, 'Service unavailable'],
  21211: [400, "'To' is not a valid phone number"],
  21212: [400, "'From' is not a valid sender"],
  21408: [400, "Sending SMS is not enabled for the region of the 'To' number"],
  21602: [400, 'The message has no body'],
  21603: [400, "A 'From' number or a messaging service is required"],
  21604: [400, "A 'To' number is required"],
  21606: [400, "The 'From' number cannot send SMS from this account"],
  21655: [400, 'The ContentSid is not valid'],
  21609: [400, "The 'StatusCallback' is not a valid URL"],
  21610: [400, 'The recipient has unsubscribed'],
  21611: [400, "The queue of the 'From' number is full"],
  21612: [400, "No route from the 'From' number to the 'To' number"],
  21614: [400, "The 'To' number cannot receive SMS"],
  21617: [400, 'The body is longer than 1600 characters'],
  21701: [400, 'There is no such messaging service'],
};
const CODE_OF_STATUS: Readonly<Record<number, number>> = Object.fromEntries(
  [20001, 20003, 20403, 20404, 20429, 20500, 20503].map((code) => [ERRORS[code]![0], code]),
);

/** An error of Twilio. Absent details follow from the others: the status from the code, or the code from the status. */
export function twilioError(details: FailureDetails): Answer {
  const code = details.code ?? CODE_OF_STATUS[details.status ?? 500] ?? 20500;
  const [usualStatus, usualMessage] = ERRORS[code] ?? [400, `Error ${code}`];
  const status = details.status ?? usualStatus;
  const message = details.message ?? usualMessage;
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}

export const twilioErrorFormat: ErrorFormat = {
  failed: twilioError,
  rateLimited: (seconds) => ({ ...twilioError({ code: 20429 }), headers: { 'Retry-After': `${seconds}` } }),
};

/** A message as Twilio shows it: `queued` in the answer to the request, its outcome in a later look-up. */
export function messageResource(message: LedgerMessage, { status, code }: { status: string; code?: number }): object {
  const uri = `${TWILIO_API}/Accounts/${message.account}/Messages/${message.id}`;
  const date = new Date(message.at).toUTCString().replace('GMT', '+0000');
  const isService = message.from.startsWith('MG');
  return {
    account_sid: message.account,
    api_version: TWILIO_API.slice(1),
    body: message.body,
    date_created: date,
    date_sent: status === 'queued' ? null : date,
    date_updated: date,
    direction: 'outbound-api',
    error_code: code ?? null,
    error_message: null,
    from: isService ? null : message.from,
    messaging_service_sid: isService ? message.from : null,
    num_media: '0',
    num_segments: `${countSegments(message.body)}`,
    price: null,
    price_unit: 'USD',
    sid: message.id,
    status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

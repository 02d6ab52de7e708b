import type { ProblemCode } from '../contract/problem-codes';
import { TransportError, UnusableAnswer } from './http-transport';
import type { HttpAnswer } from './http-transport';
import { retryAfterMs } from './retry-after';
import type { SendOutcome } from './sender';

/** What an answer means; `SendOutcome` without the particulars of the single answer. */
type Verdict = 'busy' | 'ambiguous' | { rejected: ProblemCode } | { stopped: ProblemCode };

const ADDRESS_REFUSED: Verdict = { rejected: 'invitation.address-refused' };
const NOT_REACHABLE: Verdict = { rejected: 'invitation.not-reachable' };
const ROW_REFUSED: Verdict = { rejected: 'invitation.message-refused' };
const SENDER_REFUSED: Verdict = { stopped: 'invitation.sender-refused' };
const MESSAGE_REFUSED: Verdict = { stopped: 'invitation.message-refused' };
const ACCOUNT_STOPPED: Verdict = { stopped: 'invitation.account-stopped' };

/** By the code in the body of a 4xx; see twilio.com/docs/api/errors/<code>. */
const TWILIO_CODES: Record<number, Verdict> = {
  21211: ADDRESS_REFUSED,
  21408: { rejected: 'invitation.country-not-enabled' },
  21610: { rejected: 'invitation.opted-out' },
  21612: NOT_REACHABLE,
  21614: NOT_REACHABLE,
  21635: NOT_REACHABLE,

  21212: SENDER_REFUSED,
  21601: SENDER_REFUSED,
  21603: SENDER_REFUSED,
  21606: SENDER_REFUSED,
  21607: SENDER_REFUSED,
  21616: SENDER_REFUSED,
  21659: SENDER_REFUSED,
  21660: SENDER_REFUSED,
  21661: SENDER_REFUSED,
  30032: SENDER_REFUSED,
  30034: SENDER_REFUSED,
  30127: SENDER_REFUSED,

  21602: MESSAGE_REFUSED,
  21605: MESSAGE_REFUSED,
  21617: MESSAGE_REFUSED,
  21619: MESSAGE_REFUSED,

  10001: ACCOUNT_STOPPED,
  20003: ACCOUNT_STOPPED,
  20005: ACCOUNT_STOPPED,
  20403: ACCOUNT_STOPPED,
  // A trial account reaches verified numbers only: to be mended on the account, not on the row.
  21608: ACCOUNT_STOPPED,
  30002: ACCOUNT_STOPPED,

  20429: 'busy',
  // The queue of the sending number is full.
  21611: 'busy',
  30001: 'busy',
};
/** Families of codes, for those without an entry above: messaging services, then everything else about a message. */
const TWILIO_RANGES: [from: number, to: number, Verdict][] = [
  [21700, 21799, SENDER_REFUSED],
  [21000, 21999, ADDRESS_REFUSED],
];
/** By HTTP status, for answers without a code that is known. */
const TWILIO_STATUSES: Record<number, Verdict> = { 400: NOT_REACHABLE, 422: NOT_REACHABLE };

const SENDGRID_STATUSES: Record<number, Verdict> = {
  // Sandbox mode: the mail was checked and is not going to be sent.
  200: MESSAGE_REFUSED,
  400: MESSAGE_REFUSED,
  413: MESSAGE_REFUSED,
  415: MESSAGE_REFUSED,
  422: MESSAGE_REFUSED,
};

/** Whatever was thrown while an SMS was being sent; an answer in the 2xx is here because it could not be read. */
export function classifyTwilio(error: unknown): SendOutcome {
  if (!(error instanceof UnusableAnswer)) return classifyTransport(error);
  const { answer } = error;
  const { code } = asObject(parseJson(answer.body));
  if (!Number.isInteger(code)) {
    return outcome(answer, byStatus(answer.status, TWILIO_STATUSES), `http-${answer.status}`);
  }
  const number = code as number;
  const range = TWILIO_RANGES.find(([from, to]) => number >= from && number <= to);
  const known = TWILIO_CODES[number] ?? range?.[2];
  const verdict = known && isRefusal(answer.status) ? known : byStatus(answer.status, TWILIO_STATUSES);
  return outcome(answer, verdict, `${number}`);
}

/** Whatever was thrown while a batch of mails was being sent, for all of them; ask `refusedRecipients` first. */
export function classifySendGrid(error: unknown): SendOutcome {
  if (!(error instanceof UnusableAnswer)) return classifyTransport(error);
  const { answer } = error;
  const aboutSender = isRefusal(answer.status) && fieldsOf(answer).some((field) => /^(from|reply_to)\b/.test(field));
  const verdict = aboutSender ? SENDER_REFUSED : byStatus(answer.status, SENDGRID_STATUSES);
  return outcome(answer, verdict, `http-${answer.status}`);
}

/**
 * The recipients that a 400 of SendGrid names (`personalizations.3.to.0.email`), by their index among the `count` of the
 * request. SendGrid accepts a request as a whole or not at all, so those that are not named were not accepted either.
 */
export function refusedRecipients(error: unknown, count: number): Map<number, SendOutcome> {
  const refused = new Map<number, SendOutcome>();
  if (!(error instanceof UnusableAnswer) || error.answer.status !== 400) return refused;
  for (const field of fieldsOf(error.answer)) {
    const match = /^personalizations[.[](\d+)\]?(?:\.([a-z_]+))?/.exec(field);
    if (!match || Number(match[1]) >= count) continue;
    const verdict = match[2] === undefined || match[2] === 'to' ? ADDRESS_REFUSED : ROW_REFUSED;
    refused.set(Number(match[1]), outcome(error.answer, verdict, 'http-400'));
  }
  return refused;
}

function classifyTransport(error: unknown): SendOutcome {
  // Not ours and not the provider's: an SDK tripped over something, and nothing says on which side of the request.
  if (!(error instanceof TransportError)) return { kind: 'ambiguous', cause: 'unexpected-error' };
  if (error.kind === 'in-doubt') return { kind: 'ambiguous', cause: error.cause };
  // No request can be made of the configured key or address, so waiting would be for ever.
  if (error.cause === 'UND_ERR_INVALID_ARG') {
    return { kind: 'stopped', code: 'invitation.account-stopped', providerCode: 'invalid-request' };
  }
  return { kind: 'busy', providerCode: error.cause };
}

const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

function byStatus(status: number, known: Record<number, Verdict>): Verdict {
  if (status === 429) return 'busy';
  if (known[status]) return known[status];
  // Moved: by their definition the request is to be made elsewhere, so the base URL is wrong.
  const moved = status === 301 || status === 307 || status === 308;
  return moved || isRefusal(status) ? ACCOUNT_STOPPED : 'ambiguous';
}

function outcome(answer: HttpAnswer, verdict: Verdict, providerCode: string): SendOutcome {
  if (verdict === 'ambiguous') return { kind: 'ambiguous', cause: providerCode };
  if (verdict === 'busy') {
    const wait = retryAfterMs(answer.headers);
    return { kind: 'busy', providerCode, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
  }
  if ('rejected' in verdict) return { kind: 'rejected', code: verdict.rejected, providerCode };
  return { kind: 'stopped', code: verdict.stopped, providerCode };
}

function fieldsOf(answer: HttpAnswer): string[] {
  const { errors } = asObject(parseJson(answer.body));
  return Array.isArray(errors) ? errors.map((error) => asObject(error).field).filter((f) => typeof f === 'string') : [];
}

/** `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** `{}` for what is not an object. */
export const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

import type { ProviderProblem } from '../domain/provider-answers/provider-problem';
import { INVALID_REQUEST, UNEXPECTED, problemOfNetworkError } from '../domain/provider-answers/network-errors';
import { problemOfSendGrid, refusedAlone, refusedBySendGrid } from '../domain/provider-answers/sendgrid-codes';
import type { SendGridError } from '../domain/provider-answers/sendgrid-codes';
import { problemOfTwilio } from '../domain/provider-answers/twilio-codes';
import { TransportError, UnusableAnswer } from './http/http-transport';
import type { HttpAnswer } from './http/http-transport';
import { retryAfterMs } from './http/retry-after';
import type { SendOutcome } from './sender';

// This file reads answers; `domain/provider-answers/` decides what they mean.

/** Classifies what was thrown while an SMS was being sent; an answer in the 2xx is here because it could not be read. */
export function classifyTwilio(error: unknown): SendOutcome {
  if (!(error instanceof UnusableAnswer)) return classifyTransport(error);
  const { code } = asObject(parseJson(error.answer.body));
  return outcome(
    problemOfTwilio(error.answer.status, Number.isInteger(code) ? (code as number) : undefined),
    error.answer,
  );
}

/** Classifies what was thrown while a batch of mails was being sent, for all of them; ask `refusedRecipients` first. */
export function classifySendGrid(error: unknown): SendOutcome {
  if (!(error instanceof UnusableAnswer)) return classifyTransport(error);
  return outcome(problemOfSendGrid(error.answer.status, errorsOf(error.answer)), error.answer);
}

/** The recipients that SendGrid names in its refusal, by their index among the `count` of the request. */
export function refusedRecipients(error: unknown, count: number): Map<number, SendOutcome> {
  if (!(error instanceof UnusableAnswer) || error.answer.status !== 400) return new Map();
  const refused = refusedBySendGrid(errorsOf(error.answer), count);
  return new Map([...refused].map(([index, meaning]) => [index, outcome(meaning)]));
}

/** The outcome of a recipient who is refused alone by a refusal that names nobody; `undefined` for any other one. */
export function refusalOfOne(error: unknown): SendOutcome | undefined {
  if (!(error instanceof UnusableAnswer)) return undefined;
  const meaning = refusedAlone(error.answer.status, errorsOf(error.answer));
  return meaning && outcome(meaning);
}

function classifyTransport(error: unknown): SendOutcome {
  // An SDK failed, and nothing says whether before or after the request.
  if (!(error instanceof TransportError)) return outcome([problemOfNetworkError('in-doubt', UNEXPECTED), UNEXPECTED]);
  const cause = error.cause === 'UND_ERR_INVALID_ARG' ? INVALID_REQUEST : error.cause;
  return outcome([problemOfNetworkError(error.kind, cause), cause]);
}

function outcome([problem, providerCode]: [ProviderProblem, string], answer?: HttpAnswer): SendOutcome {
  switch (problem.outcome) {
    case 'ambiguous':
      return { kind: 'ambiguous', cause: providerCode };
    case 'busy': {
      const wait = answer && retryAfterMs(answer.headers);
      return { kind: 'busy', providerCode, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
    }
    case 'rejected':
    case 'stopped':
      return { kind: problem.outcome, code: problem.code, providerCode };
  }
}

function errorsOf(answer: HttpAnswer): SendGridError[] {
  const { errors } = asObject(parseJson(answer.body));
  if (!Array.isArray(errors)) return [];
  return errors.map(asObject).map(({ field, message }) => ({
    ...(typeof field === 'string' && { field }),
    ...(typeof message === 'string' && { message }),
  }));
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

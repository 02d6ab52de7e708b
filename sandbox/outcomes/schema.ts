import type { z } from 'zod';
import type { ProviderName } from '../http/exchange';
import { PROVIDERS } from '../http/exchange';
import { flag, objectOf, oneOf, text, wholeNumber } from '../http/schema';
import { matchSchema } from '../planning/match';

/** The possible outcomes of an accepted message. `silent` is never reported; callbacks report the others. */
const OUTCOMES_OF = {
  twilio: [
    'delivered',
    'undelivered',
    /** Reported as failed for now, and then as delivered. */
    'delivered-after-all',
    'failed',
    'opted-out',
    'silent',
  ],
  sendgrid: [
    'delivered',
    /** The receiving server rejects it: for good, or this once because of its content. */
    'bounced',
    'blocked',
    'delivered-after-all',
    /** The receiving server asks once to come back later; nothing more is reported. */
    'deferred',
    /** SendGrid does not send it, because of an earlier bounce or, as `opted-out`, because the person unsubscribed. */
    'dropped',
    'opted-out',
    /** Delivered; then the person unsubscribes or reports spam. */
    'unsubscribed',
    'spam-report',
    'silent',
  ],
} as const satisfies Record<ProviderName, readonly string[]>;
export type TwilioOutcome = (typeof OUTCOMES_OF)['twilio'][number];
export type SendGridOutcome = (typeof OUTCOMES_OF)['sendgrid'][number];
export type Outcome = TwilioOutcome | SendGridOutcome;

export const hasOutcome = (provider: ProviderName, outcome: Outcome): boolean =>
  (OUTCOMES_OF[provider] as readonly Outcome[]).includes(outcome);

/** One outcome of `POST /__outcomes`. */
export const outcomeSchema = objectOf({
  id: text.optional(),
  /** Every provider that has such an outcome, if absent. */
  provider: oneOf(PROVIDERS).optional(),
  match: matchSchema.optional(),
  outcome: oneOf([...new Set<Outcome>(Object.values(OUTCOMES_OF).flat())]),
  /** Error code of Twilio, in place of the usual one of the outcome. */
  code: wholeNumber(1, 99_999).optional(),
  /** Explanation by SendGrid or the receiving server, in place of the usual one. */
  reason: text.optional(),
  /** Waited before the first callback. */
  delayMs: wholeNumber(0, 86_400_000).optional(),
  /** How often each callback is posted; once, if absent. */
  copies: wholeNumber(1, 100).optional(),
  /** The last callback comes first; with copies, all do so again, so that an old report follows a newer one. */
  shuffled: flag.optional(),
  /** How many messages it applies to; all that fit, if absent. */
  times: wholeNumber(1).optional(),
}).superRefine(({ provider, outcome, code, reason }, context) => {
  const add = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if (provider && !hasOutcome(provider, outcome)) {
    add('outcome', `must be one of ${OUTCOMES_OF[provider].join(', ')} for ${provider}, and is "${outcome}"`);
  }
  if (code !== undefined && !hasOutcome('twilio', outcome)) add('code', 'is only for the outcomes of Twilio');
  if (reason !== undefined && !hasOutcome('sendgrid', outcome)) add('reason', 'is only for the outcomes of SendGrid');
});
export type OutcomeRequest = z.infer<typeof outcomeSchema>;

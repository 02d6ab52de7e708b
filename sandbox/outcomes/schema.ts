import type { Check } from '../http/schema';
import { isFlag, isMatch, isOneOf, isText, isWhole, problemsOf, problemsOfEach } from '../http/schema';
import type { ProviderName } from '../http/exchange';

/** What may become of an accepted message, by provider. `silent` is told to nobody; the rest by callbacks. */
export const OUTCOMES_OF = {
  twilio: ['delivered', 'undelivered', 'failed', 'opted-out', 'silent'],
  sendgrid: [
    'delivered',
    /** The receiving server refuses it: for good, or this once because of what is in it. */
    'bounced',
    'blocked',
    /** Told once to come back later; nothing more is heard of it. */
    'deferred',
    /** SendGrid keeps it back, because of a bounce long ago or, as `opted-out`, a wish of the person. */
    'dropped',
    'opted-out',
    /** Delivered; then the person turns it down. */
    'unsubscribed',
    'spam-report',
    'silent',
  ],
} as const satisfies Record<ProviderName, readonly string[]>;
export type TwilioOutcome = (typeof OUTCOMES_OF)['twilio'][number];
export type SendGridOutcome = (typeof OUTCOMES_OF)['sendgrid'][number];
export type Outcome = TwilioOutcome | SendGridOutcome;

export interface OutcomeRequest {
  id?: string;
  /** Unless told, every provider at which there is such a outcome. */
  provider?: ProviderName;
  /** As with faults: `to` is an address, or its beginning followed by `*`; `contains` is looked for in what is read. */
  match?: { to?: string; contains?: string };
  outcome: Outcome;
  /** Error code of Twilio, in place of the usual one of the outcome. */
  code?: number;
  /** What SendGrid or the receiving server says, in place of the usual. */
  reason?: string;
  /** Waited before the first callback. */
  delayMs?: number;
  /** How often each callback comes; once, if absent. */
  copies?: number;
  /** The last callback comes first; with copies, all of them do so again, so that old news follows new. */
  shuffled?: boolean;
  /** How many messages it befalls; all that fit, if absent. */
  times?: number;
}

export const hasOutcome = (provider: ProviderName, outcome: Outcome): boolean =>
  (OUTCOMES_OF[provider] as readonly Outcome[]).includes(outcome);

const FIELDS: Record<keyof OutcomeRequest, Check> = {
  id: isText,
  provider: isOneOf(Object.keys(OUTCOMES_OF)),
  match: isMatch,
  outcome: isOneOf([...new Set(Object.values(OUTCOMES_OF).flat())]),
  code: isWhole(1, 99_999),
  reason: isText,
  delayMs: isWhole(0, 86_400_000),
  copies: isWhole(1, 100),
  shuffled: isFlag,
  times: isWhole(1),
};

/** What is wrong with the body of `POST /__outcomes`, which holds one outcome or a list of them. */
export const outcomeProblems = (body: unknown): string[] =>
  problemsOfEach(body, 'outcome', (request) => {
    const problems = problemsOf(request, FIELDS, ['outcome']);
    return problems.length > 0 ? problems : contradictionsIn(request as OutcomeRequest);
  });

function contradictionsIn({ provider, outcome: outcome, code, reason }: OutcomeRequest): string[] {
  const problems: string[] = [];
  if (provider && !hasOutcome(provider, outcome)) problems.push(`"${outcome}" befalls nothing of ${provider}`);
  if (code !== undefined && !hasOutcome('twilio', outcome)) problems.push('"code" is only for the outcomes of Twilio');
  if (reason !== undefined && !hasOutcome('sendgrid', outcome))
    problems.push('"reason" is only for the outcomes of SendGrid');
  return problems;
}

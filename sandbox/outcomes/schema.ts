import type { Check } from '../http/schema';
import { isFlag, isMatch, isOneOf, isText, isWhole, problemsOf, problemsOfEach } from '../http/schema';
import type { ProviderName } from '../http/exchange';

/** What may become of an accepted message, by provider. `silent` is told to nobody; the rest by callbacks. */
export const FATES_OF = {
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
export type TwilioFate = (typeof FATES_OF)['twilio'][number];
export type SendGridFate = (typeof FATES_OF)['sendgrid'][number];
export type Fate = TwilioFate | SendGridFate;

export interface FateRequest {
  id?: string;
  /** Unless told, every provider at which there is such a fate. */
  provider?: ProviderName;
  /** As with faults: `to` is an address, or its beginning followed by `*`; `contains` is looked for in what is read. */
  match?: { to?: string; contains?: string };
  fate: Fate;
  /** Error code of Twilio, in place of the usual one of the fate. */
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

export const hasFate = (provider: ProviderName, fate: Fate): boolean =>
  (FATES_OF[provider] as readonly Fate[]).includes(fate);

const FIELDS: Record<keyof FateRequest, Check> = {
  id: isText,
  provider: isOneOf(Object.keys(FATES_OF)),
  match: isMatch,
  fate: isOneOf([...new Set(Object.values(FATES_OF).flat())]),
  code: isWhole(1, 99_999),
  reason: isText,
  delayMs: isWhole(0, 86_400_000),
  copies: isWhole(1, 100),
  shuffled: isFlag,
  times: isWhole(1),
};

/** What is wrong with the body of `POST /__fates`, which holds one fate or a list of them. */
export const fateProblems = (body: unknown): string[] =>
  problemsOfEach(body, 'fate', (request) => {
    const problems = problemsOf(request, FIELDS, ['fate']);
    return problems.length > 0 ? problems : contradictionsIn(request as FateRequest);
  });

function contradictionsIn({ provider, fate, code, reason }: FateRequest): string[] {
  const problems: string[] = [];
  if (provider && !hasFate(provider, fate)) problems.push(`"${fate}" befalls nothing of ${provider}`);
  if (code !== undefined && !hasFate('twilio', fate)) problems.push('"code" is only for the fates of Twilio');
  if (reason !== undefined && !hasFate('sendgrid', fate)) problems.push('"reason" is only for the fates of SendGrid');
  return problems;
}

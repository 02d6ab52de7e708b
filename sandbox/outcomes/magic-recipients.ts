import type { ProviderName } from '../http/exchange';
import type { Outcome } from './schema';

/** An address whose messages are accepted and then meet a outcome, so that one can be seen without planning it. */
export interface MagicOutcome {
  provider: ProviderName;
  /** An address, or its beginning followed by `*`. */
  to: string;
  outcome: Outcome;
  /** Error code of Twilio. */
  code?: number;
  /** For the inbox page. */
  effect: string;
}

const UNDELIVERED_NUMBERS = [
  { to: '+12025550180', code: 30003, effect: 'Accepted, not delivered: the phone is off or out of reach' },
  { to: '+12025550181', code: 30005, effect: 'Accepted, not delivered: nobody has this number' },
  { to: '+12025550182', code: 30006, effect: 'Accepted, not delivered: a landline' },
  { to: '+12025550183', code: 30007, effect: 'Accepted, not delivered: filtered as unwanted' },
] as const;

export const MAGIC_OUTCOMES: readonly MagicOutcome[] = [
  ...UNDELIVERED_NUMBERS.map((number) => ({ provider: 'twilio', outcome: 'undelivered', ...number }) as const),
  {
    provider: 'twilio',
    to: '+12025550184',
    outcome: 'failed',
    code: 30008,
    effect: 'Accepted, then failed for an unknown reason',
  },
  {
    provider: 'twilio',
    to: '+12025550185',
    outcome: 'opted-out',
    code: 21610,
    effect: 'Accepted, then failed: the person has opted out',
  },
  {
    provider: 'twilio',
    to: '+12025550186',
    outcome: 'silent',
    effect: 'Accepted; nothing is heard of it',
  },
  {
    provider: 'sendgrid',
    to: 'sandbox-bounced*',
    outcome: 'bounced',
    effect: 'Accepted, then bounced: no such mailbox',
  },
  {
    provider: 'sendgrid',
    to: 'sandbox-blocked*',
    outcome: 'blocked',
    effect: 'Accepted, then refused by the receiving server as unwanted',
  },
  {
    provider: 'sendgrid',
    to: 'sandbox-deferred*',
    outcome: 'deferred',
    effect: 'Accepted, then put off by the receiving server',
  },
  { provider: 'sendgrid', to: 'sandbox-dropped*', outcome: 'dropped', effect: 'Accepted, then kept back by SendGrid' },
  {
    provider: 'sendgrid',
    to: 'sandbox-opted-out*',
    outcome: 'opted-out',
    effect: 'Accepted, then kept back: the person has unsubscribed',
  },
  {
    provider: 'sendgrid',
    to: 'sandbox-unsubscribed*',
    outcome: 'unsubscribed',
    effect: 'Delivered; then the person unsubscribes',
  },
  {
    provider: 'sendgrid',
    to: 'sandbox-spam*',
    outcome: 'spam-report',
    effect: 'Delivered; then the person reports it as spam',
  },
  { provider: 'sendgrid', to: 'sandbox-silent*', outcome: 'silent', effect: 'Accepted; nothing is heard of it' },
];

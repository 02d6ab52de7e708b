import type { ProviderName } from '../http/exchange';
import type { Outcome } from './schema';

/** An address whose messages are accepted and then have this outcome, so that one can be seen without planning it. */
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

const sms = (to: string, outcome: Outcome, effect: string, code?: number): MagicOutcome => ({
  provider: 'twilio',
  to,
  outcome,
  ...(code !== undefined && { code }),
  effect,
});
const mail = (to: string, outcome: Outcome, effect: string): MagicOutcome => ({
  provider: 'sendgrid',
  to,
  outcome,
  effect,
});

export const MAGIC_OUTCOMES: readonly MagicOutcome[] = [
  sms('+12025550180', 'undelivered', 'Accepted, not delivered: the phone is off or out of reach', 30003),
  sms('+12025550181', 'undelivered', 'Accepted, not delivered: the number is not in use', 30005),
  sms('+12025550182', 'undelivered', 'Accepted, not delivered: the number is a landline', 30006),
  sms('+12025550183', 'undelivered', 'Accepted, not delivered: the carrier filtered it as unwanted', 30007),
  sms('+12025550184', 'failed', 'Accepted, then failed for an unknown reason', 30008),
  sms('+12025550185', 'opted-out', 'Accepted, then failed: the person has opted out', 21610),
  sms('+12025550186', 'silent', 'Accepted; no callback follows'),
  mail('sandbox-bounced*', 'bounced', 'Accepted, then bounced: the mailbox does not exist'),
  mail('sandbox-blocked*', 'blocked', 'Accepted, then rejected by the receiving server as unwanted'),
  mail('sandbox-deferred*', 'deferred', 'Accepted, then deferred by the receiving server'),
  mail('sandbox-dropped*', 'dropped', 'Accepted, then dropped by SendGrid'),
  mail('sandbox-opted-out*', 'opted-out', 'Accepted, then dropped by SendGrid: the person has unsubscribed'),
  mail('sandbox-unsubscribed*', 'unsubscribed', 'Delivered; then the person unsubscribes'),
  mail('sandbox-spam*', 'spam-report', 'Delivered; then the person reports it as spam'),
  mail('sandbox-silent*', 'silent', 'Accepted; no callback follows'),
];

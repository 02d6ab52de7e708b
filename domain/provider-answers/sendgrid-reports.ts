import type { Meaning } from './provider-problem';
import { addressRefused, bounced, creditsExhausted, filtered, optedOut, undelivered } from './provider-problem';

/** SendGrid has no codes of its own. These are ours, of what it tells of mails that it had accepted. */
const CODES = {
  bounce: bounced(
    'The mail system of the person does not take mail for this address: it does not exist, or not any more.',
  ),
  blocked: undelivered('The mail system of the person did not take the mail for now and does not refuse the address.'),
  'blocked-content': filtered('The mail system of the person took the mail for an unwanted one.'),
  'blocked-reputation': filtered(
    'The mail system of the person does not trust the address that the mails are sent from.',
  ),
  dropped: filtered('SendGrid did not send the mail on and gives a reason that we do not know.'),
  'dropped-bounced': bounced('SendGrid did not send the mail on, since an earlier one to this address had come back.'),
  'dropped-unsubscribed': optedOut('SendGrid did not send the mail on, since the person has unsubscribed.'),
  'dropped-spam-report': optedOut(
    'SendGrid did not send the mail on, since the person has reported an earlier one as spam.',
  ),
  'dropped-invalid': addressRefused('SendGrid does not take this for an e-mail address that it can send to.'),
  'dropped-content': filtered('SendGrid took the mail for an unwanted one.'),
  'dropped-quota': creditsExhausted('The account at SendGrid may send no more mails for now.'),
} as const satisfies Record<string, Meaning>;
type Code = keyof typeof CODES;

const BLOCKS: Record<string, Code> = { content: 'blocked-content', reputation: 'blocked-reputation' };

/** By how SendGrid's texts begin or what they name; the first that fits. */
const DROPS: [RegExp, Code][] = [
  [/^bounced address/i, 'dropped-bounced'],
  [/unsubscribe/i, 'dropped-unsubscribed'],
  [/^spam report/i, 'dropped-spam-report'],
  [/^spam content/i, 'dropped-content'],
  [/quota/i, 'dropped-quota'],
  [/^invalid(?! smtpapi)/i, 'dropped-invalid'],
];

/** A mail that came back: for good, or, with the type `blocked`, perhaps not the next time. */
export const bounceCode = (type: string | undefined, classification = ''): Code =>
  type === 'blocked' ? (BLOCKS[classification.toLowerCase()] ?? 'blocked') : 'bounce';

/** A mail that SendGrid had accepted and did not send on. */
export const dropCode = (reason = ''): Code => DROPS.find(([pattern]) => pattern.test(reason))?.[1] ?? 'dropped';

export const meaningOfSendGridReport = (code: string): Meaning | undefined =>
  Object.hasOwn(CODES, code) ? CODES[code as Code] : undefined;

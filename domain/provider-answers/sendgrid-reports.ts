import type { ProviderProblem } from './provider-problem';
import { addressRefused, bounced, creditsExhausted, filtered, optedOut, undelivered } from './provider-problem';

/** SendGrid has no codes of its own. These are ours, for its events about mails that it had accepted. */
const CODES = {
  bounce: bounced('The mail system of the person refuses this address: it does not exist, or no longer exists.'),
  blocked: undelivered('The mail system of the person refused the mail for now, and not the address.'),
  'blocked-content': filtered('The mail system of the person treated the mail as spam.'),
  'blocked-reputation': filtered(
    'The mail system of the person does not trust the address that the mails are sent from.',
  ),
  dropped: filtered('SendGrid did not send the mail on, for a reason that we do not know.'),
  'dropped-bounced': bounced('SendGrid did not send the mail on, since an earlier mail to this address had bounced.'),
  'dropped-unsubscribed': optedOut('SendGrid did not send the mail on, since the person has unsubscribed.'),
  'dropped-spam-report': optedOut(
    'SendGrid did not send the mail on, since the person has reported an earlier mail as spam.',
  ),
  'dropped-invalid': addressRefused('SendGrid cannot send to this e-mail address.'),
  'dropped-content': filtered('SendGrid treated the mail as spam.'),
  'dropped-quota': creditsExhausted('The account at SendGrid may send no more mails for now.'),
} as const satisfies Record<string, ProviderProblem>;
type Code = keyof typeof CODES;

const BLOCKS: Record<string, Code> = { content: 'blocked-content', reputation: 'blocked-reputation' };

/** The first pattern that matches SendGrid's text decides. */
const DROPS: [RegExp, Code][] = [
  [/^bounced address/i, 'dropped-bounced'],
  [/unsubscribe/i, 'dropped-unsubscribed'],
  [/^spam report/i, 'dropped-spam-report'],
  [/^spam content/i, 'dropped-content'],
  [/quota/i, 'dropped-quota'],
  [/^invalid(?! smtpapi)/i, 'dropped-invalid'],
];

/** The code of a bounce. With the type `blocked`, a retry may succeed. */
export const bounceCode = (type: string | undefined, classification = ''): Code =>
  type === 'blocked' ? (BLOCKS[classification.toLowerCase()] ?? 'blocked') : 'bounce';

/** The code of a mail that SendGrid had accepted and did not send on. */
export const dropCode = (reason = ''): Code => DROPS.find(([pattern]) => pattern.test(reason))?.[1] ?? 'dropped';

export const problemOfSendGridReport = (code: string): ProviderProblem | undefined =>
  Object.hasOwn(CODES, code) ? CODES[code as Code] : undefined;

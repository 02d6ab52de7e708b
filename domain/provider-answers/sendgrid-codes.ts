import { isRefusal, problemOfStatus } from './http-codes';
import type { ProviderProblem } from './provider-problem';
import {
  accountStopped,
  addressRefused,
  busy,
  creditsExhausted,
  keyRefused,
  messageRefused,
  personsMessageRefused,
  senderRefused,
} from './provider-problem';

/**
 * SendGrid has no codes of its own. Ours are its status, and a suffix from its message or the field that it names, see
 * https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors. Those that may concern one recipient only are
 * `rejected`. The others concern what all mails share: key, account, sender, subject and text.
 */
const CODES = {
  'http-200': messageRefused('SendGrid only checked the mail, since its sandbox mode is switched on.'),
  'http-400': messageRefused('SendGrid does not accept the mail: its subject, its text or its form.'),
  'http-400-recipient': addressRefused('SendGrid cannot send to this e-mail address.'),
  'http-400-values': personsMessageRefused('SendGrid does not accept the part of the mail that is for this person.'),
  'http-400-alone': personsMessageRefused('SendGrid does not accept the mail to this person and does not say why.'),
  'http-400-sender': senderRefused('SendGrid does not accept the address that the mails are sent from.'),
  'http-401': keyRefused('SendGrid does not accept our key: it is wrong, has expired, or was revoked.'),
  'http-401-credits': creditsExhausted('The credits of the account at SendGrid are used up.'),
  'http-403': accountStopped('SendGrid forbids our account to send; it may be suspended, blocked or under review.'),
  'http-403-scope': keyRefused('Our key at SendGrid is not allowed to send mail.'),
  'http-403-sender': senderRefused('The address that the mails are sent from is not verified with SendGrid.'),
  'http-413': messageRefused('The mails are larger than SendGrid allows.'),
  'http-413-alone': personsMessageRefused('The mail to this person is larger than SendGrid allows.'),
  'http-415': messageRefused('SendGrid does not accept the format of our mails.'),
  'http-422': messageRefused('SendGrid does not accept the mail: its subject, its text or its form.'),
  'http-422-alone': personsMessageRefused('SendGrid does not accept the mail to this person and does not say why.'),
  'http-429': busy('SendGrid asks us to send more slowly.'),
} as const satisfies Record<string, ProviderProblem>;
type Code = keyof typeof CODES;

export interface SendGridError {
  /** The field at fault, such as `personalizations.3.to.0.email`. */
  field?: string;
  message?: string;
}

/** The problem of every recipient in the request, and its code in the ledger. */
export function problemOfSendGrid(status: number, errors: SendGridError[]): [ProviderProblem, providerCode: string] {
  const code = isRefusal(status) ? closerCode(status, errors) : `http-${status}`;
  return [problemOfSendGridCode(code) ?? problemOfStatus(status), code];
}

function closerCode(status: number, errors: SendGridError[]): string {
  const says = (pattern: RegExp): boolean =>
    errors.some(({ message }) => message !== undefined && pattern.test(message));
  const aboutSender = isAboutSender(errors);
  if (status === 401 && says(/maximum credits exceeded/i)) return 'http-401-credits' satisfies Code;
  if (status === 403 && (aboutSender || says(/sender identity/i))) return 'http-403-sender' satisfies Code;
  if (status === 403 && says(/^access forbidden/i)) return 'http-403-scope' satisfies Code;
  if (status === 400 && aboutSender) return 'http-400-sender' satisfies Code;
  return `http-${status}`;
}

const isAboutSender = (errors: SendGridError[]): boolean =>
  errors.some(({ field, message = '' }) =>
    field
      ? /^(from|reply_to)\b/.test(field)
      : /^the (from|reply_to) (e-?mail|address|object|parameter)\b/i.test(message),
  );

const ALONE = { 400: 'http-400-alone', 413: 'http-413-alone', 422: 'http-422-alone' } as const;

/**
 * For a refusal that may concern some recipients only and does not say which: the meaning that it has for one who is
 * refused alone. `undefined` if it names a recipient or what all mails share.
 */
export function refusedAlone(status: number, errors: SendGridError[]): [ProviderProblem, Code] | undefined {
  const code = ALONE[status as keyof typeof ALONE] as Code | undefined;
  const namesShared = errors.some(({ field }) => field && !field.startsWith('personalizations'));
  return code === undefined || namesShared || isAboutSender(errors) ? undefined : [CODES[code], code];
}

/**
 * The recipients that a 400 names, by their index among the `count` of the request. SendGrid accepts a request as a whole
 * or not at all, so the recipients that it does not name were not accepted either.
 */
export function refusedBySendGrid(errors: SendGridError[], count: number): Map<number, [ProviderProblem, Code]> {
  const refused = new Map<number, [ProviderProblem, Code]>();
  for (const { field = '' } of errors) {
    const match = /^personalizations[.[](\d+)\]?(?:\.([a-z_]+))?/.exec(field);
    if (!match || Number(match[1]) >= count) continue;
    const code = match[2] === undefined || match[2] === 'to' ? 'http-400-recipient' : 'http-400-values';
    refused.set(Number(match[1]), [CODES[code], code]);
  }
  return refused;
}

export const problemOfSendGridCode = (code: string): ProviderProblem | undefined =>
  Object.hasOwn(CODES, code) ? CODES[code as Code] : undefined;

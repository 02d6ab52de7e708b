import type { InvitationMessage } from './sender';

/**
 * SendGrid puts the value of `first_name` wherever `-first_name-` stands. Each key holds an underscore, which
 * `plainName` lets through in no name, so that no name can ask for another key's value.
 */
export const SUBSTITUTION_WRAPPERS: readonly [string, string] = ['-', '-'];

/** One mail for everybody: the personal parts are keys, filled in per person by `emailSubstitutions`. */
export const EMAIL_TEMPLATE = {
  subject: '-organisation_name- invites you to its private messenger',
  text: [
    'Hello -first_name-,',
    '-organisation_name- invites you to its private messenger, where you can write to the people you know there in confidence.',
    'To join, open this link:\n-invitation_link-',
    'The link is yours alone, so please do not pass it on.',
    'We look forward to hearing from you,\n-organisation_name-',
  ].join('\n\n'),
  html: [
    '<!doctype html><html lang="en"><body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#222">',
    '<p>Hello -first_name_html-,</p>',
    '<p>-organisation_name_html- invites you to its private messenger, where you can write to the people you know there in confidence.</p>',
    '<p><a href="-invitation_link_html-" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1f5fbf;color:#fff;text-decoration:none">Join -organisation_name_html-</a></p>',
    '<p>The link is yours alone, so please do not pass it on.</p>',
    '<p>We look forward to hearing from you,<br>-organisation_name_html-</p>',
    '</body></html>',
  ].join('\n'),
} as const;

/** The values of one person for the keys in `EMAIL_TEMPLATE`. */
export function emailSubstitutions(message: InvitationMessage): Record<string, string> {
  const { firstName, organisationName } = plainNames(message);
  return {
    first_name: firstName,
    organisation_name: organisationName,
    invitation_link: message.link,
    first_name_html: escapeHtml(firstName),
    organisation_name_html: escapeHtml(organisationName),
    invitation_link_html: escapeHtml(message.link),
  };
}

/** What the text of an SMS depends on. */
export type Greeting = Pick<InvitationMessage, 'firstName' | 'organisationName' | 'link'>;

/** Ends with the link, so that no punctuation is taken for a part of it. */
export function smsBody(message: Greeting): string {
  const { firstName, organisationName } = plainNames(message);
  const invitation = straighten(`${organisationName} invites you to its private messenger: `) + message.link;
  const greeted = straighten(`Hello ${firstName}, `) + invitation;
  const septets = gsm7Length(greeted);
  // A greeting is not worth a second segment; a name that is not in the GSM alphabet is worth it.
  return septets !== undefined && septets > GSM7_SEGMENT ? invitation : greeted;
}

const LONGEST_NAME = 80;

/**
 * A name as it may stand in a message: letters, digits and the few signs that names are made of. Nothing that mail
 * programs and telephones turn into a link survives: no colon, no at sign, no full stop inside a word and no run of
 * seven digits; nor do line breaks, control characters and characters that turn the direction of writing.
 */
export function plainName(raw: string, fallback: string): string {
  const name = raw
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\p{L}\p{M}\p{Nd} '’&(),./·-]/gu, ' ')
    .replace(/\.(?=[\p{L}\p{M}\p{Nd}-])/gu, ' ')
    .replace(/\p{Nd}(?:[ (),./·-]*\p{Nd}){6,}/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return /[\p{L}\p{Nd}]/u.test(name) ? [...name].slice(0, LONGEST_NAME).join('').trim() : fallback;
}

const plainNames = (message: Pick<Greeting, 'firstName' | 'organisationName'>) => ({
  firstName: plainName(message.firstName, 'there'),
  organisationName: plainName(message.organisationName, 'Your team'),
});

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** Typographic apostrophes are not in the GSM alphabet; one of them more than halves what fits into a segment. */
const straighten = (text: string): string => text.replace(/’/g, "'");

/** Into how many segments an SMS is cut, which is how it is paid for (3GPP TS 23.040: a part of several is shorter). */
export function countSmsSegments(message: Greeting): number {
  const body = smsBody(message);
  const septets = gsm7Length(body);
  return septets === undefined
    ? segments(body.length, UCS2_SEGMENT, UCS2_PART)
    : segments(septets, GSM7_SEGMENT, GSM7_PART);
}

const segments = (length: number, single: number, part: number): number =>
  length <= single ? 1 : Math.ceil(length / part);

const UCS2_SEGMENT = 70;
const UCS2_PART = 67;
const GSM7_PART = 153;
const GSM7_SEGMENT = 160;
const GSM7_BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM7_EXTENDED = '^{}\\[~]|€';

/** Septets of a text in the GSM alphabet (3GPP TS 23.038), `undefined` if it holds other characters. */
function gsm7Length(text: string): number | undefined {
  let septets = 0;
  for (const character of text) {
    if (GSM7_BASIC.includes(character)) septets += 1;
    else if (GSM7_EXTENDED.includes(character)) septets += 2;
    else return undefined;
  }
  return septets;
}

import { SegmentedMessage } from 'sms-segments-calculator';
import { plainName } from '../domain/invitations/plain-name';
import type { InvitationMessage } from './sender';

/**
 * One mail for all people: the personal parts are keys, such as `-first_name-`, which `emailSubstitutions` fills in. Each key
 * contains an underscore, which `plainName` removes from names, so that no name can ask for the value of another key.
 */
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

/** One person's values for the keys in `EMAIL_TEMPLATE`. */
export function emailSubstitutions(message: InvitationMessage): Record<string, string> {
  const { firstName, organisationName } = plainNames(message);
  return {
    '-first_name-': firstName,
    '-organisation_name-': organisationName,
    '-invitation_link-': message.link,
    '-first_name_html-': escapeHtml(firstName),
    '-organisation_name_html-': escapeHtml(organisationName),
    '-invitation_link_html-': escapeHtml(message.link),
  };
}

/** The personal parts of an SMS. */
export type Greeting = Pick<InvitationMessage, 'firstName' | 'organisationName' | 'link'>;

/** The text ends with the link, so that telephones take no punctuation for a part of it. */
export function smsBody(message: Greeting): string {
  const { firstName, organisationName } = plainNames(message);
  const invitation = straighten(`${organisationName} invites you to its private messenger: `) + message.link;
  const greeted = straighten(`Hello ${firstName}, `) + invitation;
  const { isGsm, segments } = cutSms(greeted);
  // A second segment is too much for a greeting in the GSM alphabet, but not for one in another script.
  return isGsm && segments > 1 ? invitation : greeted;
}

const plainNames = (message: Pick<Greeting, 'firstName' | 'organisationName'>) => ({
  firstName: plainName(message.firstName, 'there'),
  organisationName: plainName(message.organisationName, 'Your team'),
});

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);

/** A typographic apostrophe is outside of the GSM alphabet, so that a segment would hold less than half as much. */
const straighten = (text: string): string => text.replace(/’/g, "'");

/** The number of segments of an SMS, by which Twilio bills it. */
export const countSmsSegments = (message: Greeting): number => cutSms(smsBody(message)).segments;

interface CutSms {
  isGsm: boolean;
  segments: number;
}

const MAX_SHAPES = 1_000;
/** By the shape, or by the length of a shape that is `x` throughout. */
const cutByShape = new Map<string | number, CutSms>();

/** Twilio's calculator takes about 1 ms a text. It cuts texts of one shape alike, and a file has few shapes. */
function cutSms(text: string): CutSms {
  const shape = ALL_GSM_LETTERS.test(text) ? text.length : shapeOf(text);
  let cut = cutByShape.get(shape);
  if (!cut) {
    const { encodingName, segmentsCount } = new SegmentedMessage(typeof shape === 'number' ? 'x'.repeat(shape) : shape);
    cut = { isGsm: encodingName === 'GSM-7', segments: segmentsCount };
    if (cutByShape.size >= MAX_SHAPES) cutByShape.clear();
    cutByShape.set(shape, cut);
  }
  return cut;
}

/** The text with a stand-in for each character that takes one unit and never joins its neighbours: of GSM-7, then of UCS-2. */
const shapeOf = (text: string): string => text.replace(GSM_LETTERS, 'x').replace(UCS2_LETTERS, 'ж');

const GSM_LETTERS = /[A-Za-z\d _.,:/'&()\-èéùìòÇØøÅåÆæßÉÄÖÑÜäöñüàΔΦΓΛΩΠΨΣΘΞ]/g;
const ALL_GSM_LETTERS = new RegExp(`^${GSM_LETTERS.source}*$`);

/** Latin, Greek, Cyrillic, Hebrew, Arabic, kana and Han. */
const UCS2_LETTERS =
  /[\u00c0-\u024f\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]/g;

import type { Channel } from '../../contract/invitation';
import { createNearest } from '../nearest/nearest';
import { languageName } from './languages';
import { isPlaceholder, isProviderTemplate, namesIn, PLACEHOLDERS } from './message-text';
import type { EmailText, MessageText, ProviderTemplate, SmsText } from './message-text';
import { smsBody } from './sms-body';
import { cutSms } from './sms-segments';

/** The most of each part of a text, in characters, and of an SMS in segments, each of which is paid for. */
export const TEXT_LIMITS = { subject: 150, emailBody: 10_000, button: 60, smsBody: 1_000, smsSegments: 4 } as const;

export type TextPart = 'subject' | 'body' | 'button' | 'templateId';

/** What is wrong with one part of a text. */
export interface TextProblem {
  part: TextPart;
  /** A sentence that names text, language and part. */
  detail: string;
}

/** A person and a link as long as usual ones, by whom the segments of a text are counted when it is saved. */
export const EXAMPLE_PERSON = { firstName: 'Alexander', lastName: 'Example' } as const;

const CHANNEL_NAMES: Readonly<Record<Channel, string>> = { email: 'e-mail', sms: 'SMS' };
const LINE_BREAK = /[\r\n\u2028\u2029]/;
/** Line breaks and tabs apart; half a character is stored by no database. */
const CONTROL = /[^\P{Cc}\r\n\t]|[\p{Cs}\u202d\u202e]/u;
const LINK = /\{\{\s*link\s*\}\}/g;
const TEMPLATE_IDS = {
  email: {
    pattern: /^d-[0-9a-f]{32}$/,
    of: 'a dynamic template of SendGrid, such as d-0123456789abcdef0123456789abcdef',
  },
  sms: { pattern: /^HX[0-9a-f]{32}$/, of: 'content of Twilio, such as HX0123456789abcdef0123456789abcdef' },
} as const satisfies Record<Channel, object>;

/** Everything that is wrong with a text. `organisation` and `link` are as the messages will have them; of the link the length matters. */
export function checkText(
  channel: Channel,
  text: MessageText,
  example: { organisation: string; link: string },
): TextProblem[] {
  const where = `The ${CHANNEL_NAMES[channel]} text in ${languageName(text.language)}`;
  const problems: TextProblem[] = [];
  const add = (part: TextPart, what: string): void => {
    problems.push({ part, detail: `${where}, ${part}: ${what}` });
  };
  if (isProviderTemplate(text)) checkTemplateId(channel, text, add);
  else if (channel === 'email') checkEmail(text as EmailText, add);
  else checkSms(text, example, add);
  return problems;
}

type Add = (part: TextPart, what: string) => void;

function checkTemplateId(channel: Channel, { templateId }: ProviderTemplate, add: Add): void {
  const { pattern, of } = TEMPLATE_IDS[channel];
  if (!pattern.test(templateId)) add('templateId', `must be the id of ${of}`);
}

function checkEmail({ subject, body, button }: EmailText, add: Add): void {
  checkPart('subject', subject, TEXT_LIMITS.subject, add);
  checkPart('body', body, TEXT_LIMITS.emailBody, add);
  checkPart('button', button, TEXT_LIMITS.button, add);
  for (const [part, text] of Object.entries({ subject, button })) {
    if (LINE_BREAK.test(text)) add(part as TextPart, 'must be one line');
    if (namesIn(text).includes('link')) add(part as TextPart, '{{link}} belongs in the body');
  }
  requireLink(body, add);
}

function checkSms(text: SmsText, { organisation, link }: { organisation: string; link: string }, add: Add): void {
  const { body } = text;
  checkPart('body', body, TEXT_LIMITS.smsBody, add);
  requireLink(body, add);
  // Telephones take a sign right after a link for a part of it.
  if ([...body.matchAll(LINK)].some((match) => /^\S/.test(body.slice(match.index + match[0].length)))) {
    add('body', '{{link}} must be followed by a space, a line break or nothing');
  }
  const { segments, isGsm } = cutSms(smsBody({ ...EXAMPLE_PERSON, organisation, link }, text));
  if (segments > TEXT_LIMITS.smsSegments) {
    const alphabet = isGsm ? '' : ', since it has characters outside of the GSM alphabet';
    add('body', `takes ${segments} segments of an SMS${alphabet}; at most ${TEXT_LIMITS.smsSegments} are allowed`);
  }
}

function requireLink(body: string, add: Add): void {
  if (!namesIn(body).includes('link')) add('body', '{{link}} is missing, without which nobody can accept');
}

const nearestPlaceholder = createNearest(PLACEHOLDERS, 1);

function checkPart(part: TextPart, text: string, most: number, add: Add): void {
  if (text.trim() === '') return add(part, 'must not be empty');
  const { length } = [...text];
  if (length > most) add(part, `has ${length} characters; at most ${most} are allowed`);
  if (CONTROL.test(text)) add(part, 'has a control character');
  for (const name of new Set(namesIn(text).filter((one) => !isPlaceholder(one)))) {
    const { lookAlike } = nearestPlaceholder(name);
    const meant = lookAlike === undefined ? '' : ` Do you mean {{${lookAlike}}}?`;
    const all = PLACEHOLDERS.map((one) => `{{${one}}}`).join(', ');
    add(part, `{{${name.slice(0, 40)}}} is unknown.${meant} Known are ${all}`);
  }
  if (/\{\{|\}\}/.test(withoutPlaceholders(text))) add(part, 'has {{ or }} that belong to no placeholder');
}

const withoutPlaceholders = (text: string): string => text.replace(/\{\{\s*[^{}]*?\s*\}\}/g, '');

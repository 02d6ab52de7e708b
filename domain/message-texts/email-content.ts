import { plainName } from '../invitations/plain-name';
import { directionOf } from './languages';
import { fillPlaceholders, PLACEHOLDERS } from './message-text';
import type { EmailText, Placeholder, PlaceholderValues } from './message-text';

/** A mail for many people: its personal parts are keys, which `emailSubstitutions` fills in. */
export interface EmailTemplate {
  subject: string;
  text: string;
  html: string;
  /** The keys that it has. */
  keys: readonly string[];
}

/**
 * A key contains an underscore, which `plainName` removes from names, so that no name can ask for the value of another key. A text
 * that has a key in it gets the value too, which is what a placeholder does.
 */
const KEYS: Readonly<Record<Placeholder, string>> = {
  firstName: '-first_name-',
  lastName: '-last_name-',
  organisation: '-organisation_name-',
  link: '-invitation_link-',
};
const htmlKey = (name: Placeholder): string => KEYS[name].replace(/-$/, '_html-');
const ALL_KEYS = PLACEHOLDERS.flatMap((name) => [KEYS[name], htmlKey(name)]);

const BODY_STYLE = 'font-family:sans-serif;font-size:16px;line-height:1.5;color:#222';
const BUTTON_STYLE =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#1f5fbf;color:#fff;text-decoration:none';
const LINK_ALONE = /^\{\{\s*link\s*\}\}$/;

/** Made once a text: a text is one object for all the mails of a step, and a built-in one for all of a process. */
const made = new WeakMap<EmailText, EmailTemplate>();

export function emailTemplateOf(text: EmailText): EmailTemplate {
  let template = made.get(text);
  if (!template) {
    template = compile(text);
    made.set(text, template);
  }
  return template;
}

function compile({ language, subject, body, button }: EmailText): EmailTemplate {
  const key = (name: Placeholder): string => KEYS[name];
  const paragraphs = body
    .trim()
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[^\S\n]*\n)+/);
  const direction = directionOf(language);
  const parts = {
    subject: fillPlaceholders(subject, key),
    text: fillPlaceholders(paragraphs.join('\n\n'), key),
    html: [
      `<!doctype html><html lang="${language}" dir="${direction}"><body>`,
      // Webmails drop the elements html and body with all that they say, so language, direction and style are said here.
      `<div lang="${language}" dir="${direction}" style="${BODY_STYLE}">`,
      ...paragraphs.flatMap((paragraph) => paragraphHtml(paragraph, button)),
      '</div></body></html>',
    ].join('\n'),
  };
  const whole = Object.values(parts).join('\n');
  return { ...parts, keys: ALL_KEYS.filter((key) => whole.includes(key)) };
}

function paragraphHtml(paragraph: string, button: string): string[] {
  const lines = paragraph.split('\n');
  const before = LINK_ALONE.test(lines.at(-1)!.trim()) ? lines.slice(0, -1) : undefined;
  if (!before) return [`<p>${lines.map(inHtml).join('<br>')}</p>`];
  return [
    ...(before.length > 0 ? [`<p>${before.map(inHtml).join('<br>')}</p>`] : []),
    `<p><a href="${htmlKey('link')}" style="${BUTTON_STYLE}">${inHtml(button)}</a></p>`,
  ];
}

/** A name may be written in the other direction than the text around it, so it is kept apart from that. */
const inHtml = (text: string): string =>
  fillPlaceholders(escapeHtml(text), (name) =>
    name === 'link' ? `<a href="${htmlKey(name)}" dir="ltr">${htmlKey(name)}</a>` : `<bdi>${htmlKey(name)}</bdi>`,
  );

/** What a key stands for. */
const VALUE_OF = new Map(
  PLACEHOLDERS.flatMap((name): [string, (plain: PlaceholderValues) => string][] => [
    [KEYS[name], (plain) => plain[name]],
    [htmlKey(name), (plain) => escapeHtml(plain[name])],
  ]),
);

/** One person's values for the keys of a template. */
export function emailSubstitutions(
  { keys }: Pick<EmailTemplate, 'keys'>,
  values: PlaceholderValues,
): Record<string, string> {
  const plain = plainValues(values);
  const substitutions: Record<string, string> = {};
  for (const key of keys) substitutions[key] = VALUE_OF.get(key)!(plain);
  return substitutions;
}

/** The mail of one person, as the provider makes it of template and values. */
export function fillEmail(template: EmailTemplate, values: PlaceholderValues): Omit<EmailTemplate, 'keys'> {
  const substitutions = emailSubstitutions(template, values);
  const fill = (text: string): string => text.replace(/-[a-z]+(?:_[a-z]+)+-/g, (key) => substitutions[key] ?? key);
  return { subject: fill(template.subject), text: fill(template.text), html: fill(template.html) };
}

/** The values with names that are safe in a message. */
export const plainValues = ({ firstName, lastName, organisation, link }: PlaceholderValues): PlaceholderValues => ({
  firstName: plainName(firstName, 'there'),
  lastName: plainName(lastName, ''),
  organisation: plainName(organisation, 'Your team'),
  link,
});

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!) : text;

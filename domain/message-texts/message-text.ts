import type { Channel } from '../../contract/invitation';

/** The text of an e-mail in one language. */
export interface EmailText {
  /** BCP 47. */
  language: string;
  /** One line. */
  subject: string;
  /** Paragraphs with a blank line between. In HTML a last line that is the link alone becomes a button. */
  body: string;
  /** What stands on the button. */
  button: string;
}

/** The text of an SMS in one language. */
export interface SmsText {
  /** BCP 47. */
  language: string;
  body: string;
  /** Takes the place of `body` where that would need a second segment of the GSM alphabet. */
  shortBody?: string;
}

/** A text of the provider's own in place of ours: a dynamic template of SendGrid, or content of Twilio. */
export interface ProviderTemplate {
  /** BCP 47. */
  language: string;
  /** `d-…` of SendGrid, `HX…` of Twilio. */
  templateId: string;
}

export type EmailContent = EmailText | ProviderTemplate;
export type SmsContent = SmsText | ProviderTemplate;
export type MessageText = EmailContent | SmsContent;

export const isProviderTemplate = (text: MessageText): text is ProviderTemplate => 'templateId' in text;

/** What a text is for. */
export interface TextPlace {
  channel: Channel;
  language: string;
}

/** One key for each text: `email:de-AT`. */
export const keyOfText = ({ channel, language }: TextPlace): string => `${channel}:${language}`;

/** What a text may ask for, as `{{firstName}}`. */
export const PLACEHOLDERS = ['firstName', 'lastName', 'organisation', 'link'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** The values of the placeholders for one person. */
export type PlaceholderValues = Readonly<Record<Placeholder, string>>;

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

export const isPlaceholder = (name: string): name is Placeholder => (PLACEHOLDERS as readonly string[]).includes(name);

/** The names between braces, in their order, known or not. */
export const namesIn = (text: string): string[] => [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!);

/** Fills a text in with the value of each of its placeholders. */
export type FillIn = (valueOf: (name: Placeholder) => string) => string;

/**
 * Reads a text once that is filled in for many people. It is filled in part by part, so that no value is read as a placeholder. An unknown
 * placeholder, which no saved text has, stays as it is written.
 */
export function readPlaceholders(text: string): FillIn {
  const parts: { before: string; name: Placeholder }[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const name = match[1]!;
    if (!isPlaceholder(name)) continue;
    parts.push({ before: text.slice(end, match.index), name });
    end = match.index + match[0].length;
  }
  const rest = text.slice(end);
  return (valueOf) => {
    let filled = '';
    for (const { before, name } of parts) filled += before + valueOf(name);
    return filled + rest;
  };
}

/** Fills in a text that is needed once. */
export const fillPlaceholders = (text: string, valueOf: (name: Placeholder) => string): string =>
  readPlaceholders(text)(valueOf);

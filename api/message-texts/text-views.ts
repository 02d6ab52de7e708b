import type { z } from 'zod';
import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { builtInText } from '../../domain/message-texts/built-in-texts';
import type { OwnTexts } from '../../domain/message-texts/choose-text';
import { contentVariables } from '../../domain/message-texts/content-variables';
import { emailTemplateOf, fillEmail } from '../../domain/message-texts/email-content';
import { BUILT_IN_LANGUAGES, directionOf } from '../../domain/message-texts/languages';
import { isProviderTemplate, keyOfText } from '../../domain/message-texts/message-text';
import type { EmailText, MessageText, PlaceholderValues, TextPlace } from '../../domain/message-texts/message-text';
import { smsBody } from '../../domain/message-texts/sms-body';
import { costOf } from '../../domain/message-texts/sms-cost';
import { cutSms } from '../../domain/message-texts/sms-segments';
import type { OrganisationDoc } from '../../store/documents';
import type { preview, textView } from './text-schemas';

export interface TextsOfOrganisation {
  organisation: OrganisationDoc;
  own: OwnTexts;
  /** By `keyOfText`. */
  savedAt: ReadonlyMap<string, Date>;
}

export function contentView(text: MessageText): z.input<typeof textView>['content'] {
  if (isProviderTemplate(text)) return { templateId: text.templateId };
  if ('subject' in text) return { subject: text.subject, body: text.body, button: text.button };
  return { body: text.body };
}

/** `text` is what is sent there. */
export function viewOf(
  place: TextPlace,
  text: MessageText,
  { organisation, own, savedAt }: TextsOfOrganisation,
): z.input<typeof textView> {
  const key = keyOfText(place);
  return {
    id: key,
    ...place,
    direction: directionOf(place.language),
    isBuiltIn: !own.has(key),
    version: organisation.texts[place.channel]?.[place.language] ?? null,
    savedAt: savedAt.get(key)?.toISOString() ?? null,
    content: contentView(text),
  };
}

/** The built-in texts and those of the organisation, by channel and then by language. */
export function allTexts(texts: TextsOfOrganisation): z.input<typeof textView>[] {
  return CHANNELS.flatMap((channel: Channel) => {
    const languages = [...BUILT_IN_LANGUAGES, ...Object.keys(texts.organisation.texts[channel] ?? {})];
    return [...new Set(languages)].sort().flatMap((language) => {
      const text = texts.own.get(keyOfText({ channel, language })) ?? builtInText(channel, language);
      return text ? [viewOf({ channel, language }, text, texts)] : [];
    });
  });
}

/** The message of one person. */
export function previewOf(
  channel: Channel,
  text: MessageText,
  values: PlaceholderValues,
  { smsPrice }: Pick<OrganisationDoc, 'smsPrice'>,
  template: z.input<typeof preview>['template'],
): z.input<typeof preview> {
  const { language } = text;
  const shared = { language, direction: directionOf(language) };
  const nothing = { subject: null, text: null, html: null, sms: null, variables: null, template };
  if (isProviderTemplate(text)) return { ...shared, ...nothing, variables: { ...contentVariables(values) } };
  if (channel === 'email') return { ...shared, ...nothing, ...fillEmail(emailTemplateOf(text as EmailText), values) };
  const body = smsBody(values, text);
  const { isGsm, segments } = cutSms(body);
  const alphabet = isGsm ? ('GSM-7' as const) : ('UCS-2' as const);
  const sms = { alphabet, segments, characters: body.length, cost: costOf(segments, smsPrice) };
  return { ...shared, ...nothing, text: body, sms };
}

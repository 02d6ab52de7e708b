import type { Channel } from '../../contract/invitation';
import { builtInText, BUILT_IN_EMAIL, BUILT_IN_SMS } from './built-in-texts';
import { DEFAULT_LANGUAGE, fallbacksOf } from './languages';
import { keyOfText } from './message-text';
import type { EmailContent, MessageText, SmsContent } from './message-text';

/** The texts of an organisation of its own, by `keyOfText`. */
export type OwnTexts = ReadonlyMap<string, MessageText>;

export interface TextChooser {
  email: (language: string | undefined) => EmailContent;
  sms: (language: string | undefined) => SmsContent;
}

/**
 * Chooses the text of a message: that of the person's language or the nearest before it, then of the organisation's, then English;
 * of each the organisation's own before the built-in one. The same text is the same object each time.
 */
export function createTextChooser(organisationLanguage: string, own: OwnTexts): TextChooser {
  const chosen = new Map<string, MessageText>();
  function choose(channel: Channel, language: string | undefined): MessageText | undefined {
    const key = `${channel} ${language ?? ''}`;
    const before = chosen.get(key);
    if (before) return before;
    const wanted = [...(language ? fallbacksOf(language) : []), ...fallbacksOf(organisationLanguage)];
    for (const one of [...wanted, DEFAULT_LANGUAGE]) {
      const text = own.get(keyOfText({ channel, language: one })) ?? builtInText(channel, one);
      if (!text) continue;
      chosen.set(key, text);
      return text;
    }
    return undefined;
  }
  return {
    email: (language) => (choose('email', language) as EmailContent | undefined) ?? BUILT_IN_EMAIL,
    sms: (language) => (choose('sms', language) as SmsContent | undefined) ?? BUILT_IN_SMS,
  };
}

import type { Schemas } from '../../../../client';
import { language as languageOfPage, t } from '../../../messages';
import { fill } from '../../../messages/format';

/** The name of a language in that of the page. */
function nameOf(tag: string): string {
  try {
    return new Intl.DisplayNames(languageOfPage, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export const titleOf = ({ channel, language }: Pick<Schemas['MessageText'], 'channel' | 'language'>): string =>
  fill(t.texts.editTitle, { channel: t.imports.channel[channel], language: nameOf(language) });

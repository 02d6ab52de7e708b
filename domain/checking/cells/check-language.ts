import { tidyCell } from '../../formula-guard';
import { languageOf } from '../../message-texts/language-names';
import { shorten } from '../../problems/make-problem';
import { accept } from './cell-verdict';
import type { CellVerdict } from './cell-verdict';

/**
 * The language of a person's messages. Nobody is left out for a language that is not understood: they are written to in that of the
 * organisation.
 */
export function checkLanguage(cell: string): CellVerdict<string | null> {
  const text = tidyCell(cell);
  if (text === '') return accept(null, cell);
  const language = languageOf(text);
  return language === undefined
    ? accept(null, cell, { code: 'language.unknown', value: shorten(text) })
    : accept(language, language);
}

import type { Request } from 'express';
import { ar } from './ar';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import type { JoinWords } from './words';

/** In the order of the choice; the first one is for those who want none of them. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const WORDS: Readonly<Record<Language, JoinWords>> = { en, de, fr, es, ar };

export const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value);

/** The language of a visitor: as chosen on the page, else the best that the browser asks for. */
export function languageOf(request: Pick<Request, 'query' | 'acceptsLanguages'>): Language {
  const { lang } = request.query;
  if (isLanguage(lang)) return lang;
  const accepted = request.acceptsLanguages(...LANGUAGES);
  return isLanguage(accepted) ? accepted : 'en';
}

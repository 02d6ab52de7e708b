/** The languages that the product brings texts in. */
export const BUILT_IN_LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'] as const;
export type BuiltInLanguage = (typeof BUILT_IN_LANGUAGES)[number];

/** The language of texts where nobody has chosen one. */
export const DEFAULT_LANGUAGE = 'en';

/** A language of ISO 639 with what BCP 47 lets follow. `Intl` alone takes any word of five to eight letters for a language. */
const TAG = /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i;
const known = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
/** Several, none, an unknown one and one without a code: of ISO 639, and nothing that a text can be in. */
const NO_LANGUAGES = new Set(['mul', 'zxx', 'und', 'mis']);
const MAX_TAG = 35;
const MAX_REMEMBERED = 1_000;
const remembered = new Map<string, string | undefined>();

/**
 * The canonical form of a language tag (BCP 47): `DE-at` is `de-AT`, `iw` is `he`. `undefined` for what is none, or names no
 * language that is known.
 */
export function canonicalLanguage(tag: string): string | undefined {
  if (remembered.has(tag)) return remembered.get(tag);
  const canonical = canonicalise(tag);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(tag, canonical);
  return canonical;
}

function canonicalise(tag: string): string | undefined {
  if (tag.length > MAX_TAG || !TAG.test(tag)) return undefined;
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    const { baseName, language } = new Intl.Locale(canonical!);
    return known.of(language) === undefined || NO_LANGUAGES.has(language) ? undefined : baseName;
  } catch {
    return undefined;
  }
}

/** The language and those that may stand in for it, the nearest first: `de-AT`, `de` (RFC 4647, section 3.4). */
export function fallbacksOf(language: string): string[] {
  const parts = language.split('-');
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('-'));
}

const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

/** The direction in which the usual script of a language is written. */
export const directionOf = (language: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';

/** The name of a language in English. */
export const languageName = (language: string): string => known.of(language) ?? language;

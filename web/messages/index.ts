import { de } from './de';
import { en } from './en';
import type { Messages } from './en';

export type Language = 'en' | 'de';
export const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' };

const ALL: Readonly<Record<Language, Messages>> = { en, de };
const KEPT_AS = 'client-import.language';

function chosen(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === 'en' || kept === 'de') return kept;
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

/** Of this visit: choosing another one loads the page again. */
export const language = chosen();
document.documentElement.lang = language;

/** Every text of the page. */
export const t: Messages = ALL[language];

export function choose(next: Language): void {
  localStorage.setItem(KEPT_AS, next);
  location.reload();
}

/** What was done, in words; an operation that has none yet by its name. */
export const actionText = (action: string): string => (t.actions as Readonly<Record<string, string>>)[action] ?? action;

/** With what it was done, in words. */
export const targetText = (kind: string): string =>
  (t.settings.event.targets as Readonly<Record<string, string>>)[kind] ?? kind;

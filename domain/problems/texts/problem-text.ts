/**
 * The texts of one problem code, each one or two sentences for an office worker.
 * `{name}` is filled in from the problem's details, `{column}`, `{letter}` and `{line}` from its place.
 * A part in square brackets is left out if a name in it is unknown. A text never contains the value itself:
 * surfaces show it separately, masked for support staff.
 */
export interface ProblemText {
  severity: 'error' | 'warning';
  message: string;
  expected: string;
  fix: string;
}

/** Fills in a text of the catalogue. Values are taken literally, braces and brackets included. */
export function fillIn(template: string, known: Readonly<Record<string, string | number | null | undefined>>): string {
  const isKnown = (part: string): boolean => placeholdersIn(part).every((name) => (known[name] ?? null) !== null);
  const whole = template.replace(/\[([^\]]*)\]/g, (_, part: string) => (isKnown(part) ? part : ''));
  return whole.replace(/\{(\w+)\}/g, (_, name: string) => String(known[name] ?? '…'));
}

/** The names that a text of the catalogue needs. */
export const placeholdersIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

/** The same texts in another language, with the same blanks. */
export type TranslatedText = Omit<ProblemText, 'severity'>;
/** A missing one fails the type check. */
export type TranslatedTexts<Texts> = Readonly<Record<keyof Texts, TranslatedText>>;

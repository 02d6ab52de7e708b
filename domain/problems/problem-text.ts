/**
 * The words for one problem code, each text one or two sentences for an office worker.
 * `{name}` is filled in from the problem's details, and also `{column}`, `{letter}` and `{line}` from its place.
 * A part in square brackets is left out where something in it is not known. The value itself is never in a text:
 * surfaces show it beside, masked for those who may not see it.
 */
export interface ProblemText {
  severity: 'error' | 'warning';
  message: string;
  expected: string;
  fix: string;
}

/** Fills a text of the catalogue. What is filled in is taken literally, braces and brackets included. */
export function fillIn(template: string, known: Readonly<Record<string, string | number | null | undefined>>): string {
  const isKnown = (part: string): boolean => placeholdersIn(part).every((name) => (known[name] ?? null) !== null);
  const whole = template.replace(/\[([^\]]*)\]/g, (_, part: string) => (isKnown(part) ? part : ''));
  return whole.replace(/\{(\w+)\}/g, (_, name: string) => String(known[name] ?? '…'));
}

/** The names that a text of the catalogue fills in. */
export const placeholdersIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);

import { language } from './index';

/** As the reader's own browser writes numbers and dates in this language; British where it has another one. */
const locale = navigator.language.startsWith(language) ? navigator.language : language === 'en' ? 'en-GB' : language;

const numbers = new Intl.NumberFormat(locale);
const plurals = new Intl.PluralRules(locale);
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const durations = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'short' });
const minutes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'short' });
const percents = new Intl.NumberFormat(locale, { style: 'percent' });
const lists = new Intl.ListFormat(locale);

export const formatNumber = (value: number): string => numbers.format(value);
export const formatMoment = (iso: string): string => moments.format(new Date(iso));
export const formatDay = (iso: string): string => days.format(new Date(iso));
export const formatList = (values: readonly string[]): string => lists.format(values);

/** To seconds below two minutes, and to minutes above. */
export const formatSeconds = (seconds: number): string =>
  seconds < 120 ? durations.format(Math.max(1, Math.round(seconds))) : minutes.format(Math.round(seconds / 60));

/** In bytes, from which on a size is told in a unit, the largest first. */
const UNITS = [
  [1_048_576, 'megabyte', 1],
  [1_024, 'kilobyte', 0],
  [1, 'byte', 0],
] as const;
export function formatBytes(bytes: number): string {
  const [size, unit, maximumFractionDigits] = UNITS.find(([from]) => bytes >= from) ?? UNITS[2];
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(
    bytes / size,
  );
}

/** Of a part: 0.5 is 50 %, as the language writes it. */
export const formatPercent = (part: number): string => percents.format(part);

/** `{n}` in the form for this count is the number. English and German have these two forms. */
export const count = (n: number, forms: { one: string; other: string }): string =>
  (plurals.select(n) === 'one' ? forms.one : forms.other).replace('{n}', formatNumber(n));

/** Puts values in the place of `{name}`. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? formatNumber(value) : isolated(value);
  });

/** Letters that are written from the right, such as Hebrew and Arabic ones. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
/** A name that is written from the right stays whole within a sentence that is not, and the sentence around it keeps its order. */
export const isolated = (value: string): string => (FROM_RIGHT.test(value) ? `\u2068${value}\u2069` : value);

/** Parts of a cent are told, since a segment may cost few. */
export const formatCost = ({ amount, currency }: { amount: number; currency: string }): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 4 }).format(amount);

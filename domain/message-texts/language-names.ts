import { canonicalLanguage } from './languages';

/** In these and in themselves people name languages and countries; the texts that the product brings are in them. */
const NAMED_IN = ['en', 'de', 'fr', 'es', 'ar'] as const;
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const PAIRS = LETTERS.flatMap((one) => LETTERS.map((other) => one + other));
const NO_FALLBACK = { fallback: 'none' } as const;

let languageByName: ReadonlyMap<string, string> | undefined;
let regionByName: ReadonlyMap<string, string> | undefined;

/** By the names that Unicode knows, without case and accents; the first language of a name has it. Made once, when a cell needs it. */
function languages(): ReadonlyMap<string, string> {
  if (languageByName) return languageByName;
  const found = new Map<string, string>();
  const inEach = NAMED_IN.map((one) => new Intl.DisplayNames(one, { type: 'language', ...NO_FALLBACK }));
  for (const code of PAIRS) {
    if (canonicalLanguage(code) !== code) continue;
    const itself = new Intl.DisplayNames(code, { type: 'language', ...NO_FALLBACK });
    for (const names of [...inEach, itself]) addName(found, names.of(code), code);
  }
  return (languageByName = found);
}

function regions(): ReadonlyMap<string, string> {
  if (regionByName) return regionByName;
  const found = new Map<string, string>();
  const inEach = NAMED_IN.map((one) => new Intl.DisplayNames(one, { type: 'region', ...NO_FALLBACK }));
  for (const code of PAIRS.map((pair) => pair.toUpperCase())) {
    for (const names of inEach) addName(found, names.of(code), code);
  }
  return (regionByName = found);
}

function addName(found: Map<string, string>, name: string | undefined, code: string): void {
  if (name !== undefined && !found.has(plainWord(name))) found.set(plainWord(name), code);
}

const plainWord = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

/** `en_US.UTF-8`, as Unix writes it. */
const OF_UNIX = /^([A-Za-z]{2,3}_[A-Za-z]{2})[.@][\w.@-]+$/;
const WITH_REGION = /^([^()]+?)\s*(?:\(([^()]+)\)|\s[-–]\s(.+))$/;
const SEPARATORS = /[,;/|&\n]/;
/** The weight of a language in a list as browsers and identity providers write it. */
const WEIGHT = /;\s*q=(\d(?:\.\d+)?)/;

/** The language of a cell as people write it, in its canonical form; of several the one that is preferred. */
export const languageOf = (typed: string): string | undefined => languageNamed(typed) ?? preferredOf(typed);

/** A tag, one with an underscore as in `de_AT`, or the name of a language, also with its country: `German (Austria)`. */
export function languageNamed(typed: string): string | undefined {
  const tag = OF_UNIX.exec(typed)?.[1] ?? typed;
  const known =
    canonicalLanguage(tag) ?? canonicalLanguage(tag.replaceAll('_', '-')) ?? languages().get(plainWord(typed));
  if (known !== undefined) return known;
  const [, name = '', inBrackets, behindDash] = WITH_REGION.exec(typed) ?? [];
  const language = canonicalLanguage(name) ?? languages().get(plainWord(name));
  if (language === undefined) return undefined;
  const region = (inBrackets ?? behindDash ?? '').trim();
  const code = regions().get(plainWord(region)) ?? region;
  return (/^[a-z]{2}$/i.test(code) ? canonicalLanguage(`${language}-${code}`) : undefined) ?? language;
}

/** Of a list in which each is understood, such as `de, en` or `de-AT,de;q=0.9`: the first of the greatest weight. */
function preferredOf(typed: string): string | undefined {
  const isWeighted = WEIGHT.test(typed);
  const parts = typed.split(isWeighted ? ',' : SEPARATORS).map((part) => ({
    language: languageNamed(part.replace(WEIGHT, '').trim()),
    weight: Number(WEIGHT.exec(part)?.[1] ?? 1),
  }));
  if ((parts.length < 2 && !isWeighted) || parts.some(({ language }) => language === undefined)) return undefined;
  return parts.reduce((best, one) => (one.weight > best.weight ? one : best)).language;
}

import type { FieldChange } from '../../contract/row-plan';
import { maskChange, maskEmail, maskIfContact, maskMobile, maskProblem } from './mask';
import { PROBLEM_CATALOGUE } from './texts/catalogue';

/** The signs of an address: also full-width, escaped as in a URL, and written out. */
const AT = /[@＠﹫]|%40|[ \u00a0]?[([{]at[)\]}][ \u00a0]?/giu;
/** Blanks around the sign, where a domain follows: bounded, so that it is linear. */
const SPREAD = /(?<=[^\s@]) ?@ ?(?=[^\s@]{1,64}\.\p{L})/gu;
/** What stands around an address in a sentence. */
const QUOTED = /^([\p{Pi}\p{Ps}"'<]*)(.*?)([\p{Pf}\p{Pe}"'>.,;:!?]*)$/su;

/** Ids, hashes and times, which have as many digits as a number. */
const IDS = [
  String.raw`[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}`,
  String.raw`(?=[0-9]*[a-f])[0-9a-f]{24,}`,
  String.raw`(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T[\d:.]+Z?)?(?![\d-])`,
].join('|');
/** Seven digits or more, whatever separates numbers in print. A comma or a colon does not. */
const NUMBER = String.raw`[+＋]?\(?\p{Nd}(?:[\s\p{Cf}\p{Pd}./()_·'’*\\|+]{0,4}\p{Nd}){6,}`;
const ID_OR_NUMBER = new RegExp(`(${IDS})|(${NUMBER})`, 'gu');

/** The addresses and numbers in our own sentences are examples, and support staff read them out. */
const EXAMPLES: ReadonlySet<string> = new Set(
  Object.values(PROBLEM_CATALOGUE).flatMap(({ message, expected, fix }) => {
    const texts = [message, expected, fix];
    const words = texts.flatMap((text) => text.split(/\s+/)).filter((word) => word.includes('@'));
    const numbers = texts.flatMap((text) => [...text.matchAll(new RegExp(NUMBER, 'gu'))].map(([number]) => number));
    return [...words.map((word) => QUOTED.exec(word)?.[2] ?? word), ...numbers];
  }),
);
const NONE: ReadonlySet<string> = new Set();

/** Masks every address and number within a text, such as the name of a file or a header. */
export const maskText = (text: string): string => mask(text, NONE);

/** The same of a sentence of ours, whose examples stay. */
export const maskSentence = (text: string): string => mask(text, EXAMPLES);

function mask(text: string, examples: ReadonlySet<string>): string {
  const joined = text.replace(AT, '@').replace(SPREAD, '@');
  // By words, since a pattern for the whole would take quadratic time for a long word.
  const words = joined.includes('@')
    ? joined
        .split(/(\s+)/)
        .map((word) => maskWord(word, examples))
        .join('')
    : text;
  return words.replace(ID_OR_NUMBER, (found, id: string | undefined) =>
    id !== undefined || examples.has(found) ? found : maskMobile(found),
  );
}

function maskWord(word: string, examples: ReadonlySet<string>): string {
  if (!word.includes('@') || word === '@') return word;
  const [, before = '', address = '', after = ''] = QUOTED.exec(word) ?? [];
  return examples.has(address) ? word : before + maskEmail(address) + after;
}

type Fields = Record<string, unknown>;
type Mask = (text: string) => string;

/** Fields of one kind, valid or not. A name may be an address where cells have slipped. */
const FIELDS: Readonly<Record<string, Mask>> = {
  email: maskEmail,
  mobile: maskMobile,
  firstName: (text) => maskText(maskIfContact(text)),
  lastName: (text) => maskText(maskIfContact(text)),
  company: (text) => maskText(maskIfContact(text)),
  message: maskSentence,
  expected: maskSentence,
  fix: maskSentence,
  detail: maskSentence,
};

/** Addresses that we made ourselves of ids, and the sender's own name. */
const PUBLIC = new Set(['links', 'organisation']);
/** The page of a problem, whose host may have as many digits as a number. */
const PROBLEM_PAGE = /^https?:\/\/[^\s@]+\/problems\/[a-z.-]+$/;

/**
 * The same answer for support staff: names of people stay, addresses and numbers are masked wherever they stand. A field that it
 * does not know is masked as text, so that an answer cannot be forgotten.
 */
export function maskAnswer(answer: unknown): unknown {
  if (typeof answer === 'string') return maskText(answer);
  if (Array.isArray(answer)) return answer.map(maskAnswer);
  if (typeof answer !== 'object' || answer === null) return answer;
  if (answer instanceof Date) return answer.toJSON();
  const fields = maskKnown(answer as Fields);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [maskText(name), maskField(name, value)]));
}

function maskField(name: string, value: unknown): unknown {
  if (PUBLIC.has(name)) return value;
  if (name === 'type' && typeof value === 'string' && PROBLEM_PAGE.test(value)) return value;
  const maskOfKind = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  // An empty cell is no secret.
  if (maskOfKind && typeof value === 'string') return value === '' ? value : maskOfKind(value);
  return maskAnswer(value);
}

/** Fields whose kind another field tells. */
function maskKnown(fields: Fields): Fields {
  if (isProblem(fields)) return maskProblem(fields);
  if (!('before' in fields && 'after' in fields)) return fields;
  if (isChange(fields)) return { ...maskChange(fields) };
  // A repair: its column is enough.
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'before' && name !== 'after'));
}

const isChange = (fields: Fields): fields is Fields & FieldChange =>
  ['field', 'before', 'after'].every((name) => typeof fields[name] === 'string');

type ProblemFields = Fields & Parameters<typeof maskProblem>[0];

const isProblem = (fields: Fields): fields is ProblemFields =>
  typeof fields['code'] === 'string' && Object.hasOwn(PROBLEM_CATALOGUE, fields['code']) && 'value' in fields;

import { emailKey } from '../person';
import type { PersonValues } from '../person';

/** What the traces of a person are found by: what they are called now, and were before. Personal data. */
export interface Sought {
  /** As `emailKey` has them, and as they are written. */
  emails: string[];
  firstNames: string[];
  lastNames: string[];
  /** E.164. */
  mobiles: string[];
}

type Known = Pick<PersonValues, 'firstName' | 'lastName' | 'email' | 'mobile'>;

/** Everything by which these values, each of one person, can be found. */
export function soughtOf(values: readonly Partial<Known>[]): Sought {
  const all = (field: keyof Known): string[] => [...new Set(values.flatMap((one) => one[field]?.trim() || []))];
  return {
    emails: [...new Set(all('email').flatMap((email) => [emailKey(email), email.toLowerCase()]))],
    firstNames: all('firstName'),
    lastNames: all('lastName'),
    mobiles: all('mobile'),
  };
}

export const mergeSought = (one: Sought, other: Sought): Sought => ({
  emails: [...new Set([...one.emails, ...other.emails])],
  firstNames: [...new Set([...one.firstNames, ...other.firstNames])],
  lastNames: [...new Set([...one.lastNames, ...other.lastNames])],
  mobiles: [...new Set([...one.mobiles, ...other.mobiles])],
});

/** National numbers are written without the code of their country; so many digits at the end tell a number apart. */
const TELLING_DIGITS = 9;
const LETTER_OR_DIGIT = String.raw`[\p{L}\p{M}\p{N}]`;

const digitsOf = (text: string): string => text.replace(/[^0-9]/g, '');

/** A pattern that only this text matches. */
const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const hasWord = (text: string, words: readonly string[]): boolean =>
  words.some((word) => new RegExp(`(?<!${LETTER_OR_DIGIT})${literal(word)}(?!${LETTER_OR_DIGIT})`, 'iu').test(text));

/** Whether a text has one of the addresses, and not as the end or the beginning of a longer one. */
export const hasAddress = ({ emails }: Sought, text: string): boolean =>
  emails.some((email) =>
    new RegExp(`(?<![\\p{L}\\p{N}._%+-])${literal(email)}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`, 'iu').test(text),
  );

/** Whether a text has the number, however it is written. */
export const hasNumber = ({ mobiles }: Sought, text: string): boolean => {
  const digits = digitsOf(text);
  return mobiles.some((mobile) => {
    const telling = digitsOf(mobile).slice(-TELLING_DIGITS);
    return telling.length === TELLING_DIGITS && digits.includes(telling);
  });
};

/** Whether a text has both names. Many people share one. */
export const hasBothNames = ({ firstNames, lastNames }: Sought, text: string): boolean =>
  hasWord(text, firstNames) && hasWord(text, lastNames);

/** Whether a text names the person: by address, by number, or by both names. */
export const names = (sought: Sought, text: string): boolean =>
  hasAddress(sought, text) || hasNumber(sought, text) || hasBothNames(sought, text);

/** The same of the name of a file, in which the last name is enough: nothing depends on it, so it is replaced rather once too often. */
export const isNamedAfter = (sought: Sought, fileName: string): boolean =>
  names(sought, fileName) || hasWord(fileName, sought.lastNames);

/** In place of the name of a file, with the ending that tells its format. */
export const neutralName = (fileName: string): string =>
  `removed${/\.(?:csv|tsv|txt|xlsx)$/i.exec(fileName)?.[0] ?? ''}`;

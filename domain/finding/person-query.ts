import { isSupportedCountry } from 'libphonenumber-js/max';
import { bareNumber, looksLikeMobile } from '../checking/cells/check-mobile';
import { elsewhere, listReadings } from '../checking/mobile/list-readings';
import { emailKey } from '../person';

/** One way in which a person can match what was typed. */
export type PersonCriterion =
  /** `key` is the whole address as it is compared, or its beginning. */
  | { by: 'email'; key: string; whole: boolean }
  /** One of these, E.164. */
  | { by: 'mobile'; numbers: string[] }
  /** The beginnings of one name or of both. */
  | { by: 'name'; firstName?: string; lastName?: string };

export interface PersonQueryContext {
  /** ISO 3166 alpha-2: a number without a country code is also read as one of this country. */
  defaultCountry: string | null;
  /** Only whole addresses: for who must not find one out letter by letter. */
  wholeAddresses: boolean;
}

/** Format characters come along with numbers that are copied from an address book; the others are in no name. */
const INVISIBLE = /\p{C}/gu;
/** Names of more words are compared as a whole only. */
const MOST_WORDS = 4;

/** What was typed, on one line and without what nobody sees. */
export const tidyQuery = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(INVISIBLE, '').normalize('NFC').trim();

/** Two letters or digits, or one of a script in which a letter can be a whole name. */
export const isLongEnough = (text: string): boolean => /[\p{L}\p{N}].*[\p{L}\p{N}]|\p{Lo}/u.test(text);

/**
 * The ways in which a person can be meant, the likeliest first: an address if there is an `@`, a number if there are only digits and
 * separators, otherwise names in any order, or the beginning of an address. Empty for digits that are no number anywhere.
 */
export function readPersonQuery(
  text: string,
  { defaultCountry, wholeAddresses }: PersonQueryContext,
): PersonCriterion[] {
  if (text.includes('@')) return [{ by: 'email', key: emailKey(text), whole: wholeAddresses }];
  if (looksLikeMobile(text)) {
    const numbers = numbersIn(text, defaultCountry);
    return numbers.length > 0 ? [{ by: 'mobile', numbers }] : [];
  }
  const isOneWord = !text.includes(' ');
  const beginning: PersonCriterion[] =
    isOneWord && !wholeAddresses ? [{ by: 'email', key: emailKey(text), whole: false }] : [];
  return [...beginning, ...namesIn(text)];
}

/** Every number that the digits can mean, here or in another country: a person is found by it, and nothing is sent. */
function numbersIn(text: string, defaultCountry: string | null): string[] {
  const bare = bareNumber(text);
  const country = defaultCountry !== null && isSupportedCountry(defaultCountry) ? defaultCountry : undefined;
  return [...new Set([...listReadings(bare, country), ...elsewhere(bare)].map(({ number }) => number))];
}

/** As either name, and divided between both at each blank, in either order. */
function namesIn(text: string): PersonCriterion[] {
  const words = text.split(' ');
  const splits =
    words.length > MOST_WORDS ? [] : words.slice(1).map((_, i) => [words.slice(0, i + 1), words.slice(i + 1)]);
  return [
    { by: 'name', lastName: text },
    { by: 'name', firstName: text },
    ...splits.flatMap(([head, tail]): PersonCriterion[] => {
      const [one, other] = [head!.join(' '), tail!.join(' ')];
      return [
        { by: 'name', firstName: one, lastName: other },
        { by: 'name', firstName: other, lastName: one },
      ];
    }),
  ];
}

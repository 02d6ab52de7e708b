import { decode, WINDOWS_1252 } from './encodings';
import { homeLanguages } from './home-languages';
import { OTHER_LATIN_ENCODINGS } from './encodings-of-latin';
import { withoutUsualSigns } from './usual-signs';
import {
  bitsByLanguage,
  fewestBits,
  IMPLAUSIBLE_BITS,
  isCaseOfNames,
  LANGUAGES,
  lettersOfLanguage,
} from './word-likelihood';

/** By so many bits the words of windows-1252 must be likelier than those of any other reading. */
const MARGIN_BITS = 8;
/** And by so many where few words tell: Säärumaa may be a Finnish name, or Sõõrumaa. */
const MARGIN_BITS_OF_FEW = 20;
const FEW_WORDS = 3;
/** What one word says at most: a name from elsewhere must not speak for the whole file. */
const MOST_BITS_OF_A_WORD = 20;
/** What it costs a word to be of another language than the list. */
const GUEST_BITS = 8;
/** So many words show what the others would. */
const WORDS_WEIGHED = 40;
/** What a usual sign weighs against a letter in its place. */
const SIGN_BITS = 10;
const LONGEST_WORD = 60;
/** More than the lists that are accepted have. */
const MOST_WORDS = 10_000;

const WORD = /[A-Za-z\u0080-\uffff]+/g;
const FOREIGN = /[^\0-\x7f]/;
const LETTER_OR_MARK = /[\p{L}\p{M}]/u;
const NOT_A_LETTER = /[^\p{L}]/gu;
const LONE_LETTERS = 'àéèòóåöøæÓ';

/**
 * Whether a text is surely what an office of the country saves as windows-1252: every byte beyond ASCII is then a
 * letter of its languages, in words that look like words, and no other encoding makes words of them that are nearly as likely.
 * @param bytes of a text that is not UTF-8
 */
export function isAtHome(bytes: Uint8Array, country: string | null): boolean {
  const languages = homeLanguages(country);
  if (languages.length === 0) return false;
  const text = decode(bytes, WINDOWS_1252);
  if (FOREIGN.test(withoutUsualSigns(text).replace(/[\p{L}]/gu, ''))) return false;
  const words = new Set(text.match(WORD)?.filter((word) => FOREIGN.test(word)));
  if (words.size === 0 || words.size > MOST_WORDS) return false;
  const own = new Map<string, number>();
  for (const word of words) {
    const bits = ownBits(word, languages);
    if (bits >= IMPLAUSIBLE_BITS) return false;
    own.set(word, bits);
  }
  const ownLetters = [...own.keys()];
  return OTHER_LATIN_ENCODINGS.every((encoding) => isLikelier(ownLetters, languages, encoding));
}

function ownBits(word: string, languages: readonly string[]): number {
  const letters = word.replace(NOT_A_LETTER, '');
  const signs = (word.length - letters.length) * SIGN_BITS;
  if (word.length === 1 && (signs > 0 || LONE_LETTERS.includes(word))) return SIGN_BITS;
  if (word.length > LONGEST_WORD || !/[A-Za-z]/.test(word)) return IMPLAUSIBLE_BITS;
  return parts(word).every(isCaseOfNames) ? signs + fewestBits(word, languages) : IMPLAUSIBLE_BITS;
}

const parts = (word: string): string[] => word.split(NOT_A_LETTER).filter((part) => part !== '');

function isLikelier(words: readonly string[], home: readonly string[], encoding: string): boolean {
  const there = lettersOf(encoding);
  const isWritten = languagesWrittenIn(encoding);
  const changed: Reading[] = [];
  const same: Reading[] = [];
  for (const word of words) {
    const read = readAs(word, there);
    (read === word ? same : changed).push({ word, read });
  }
  if (changed.length === 0) return true;
  const sample = [...changed.slice(0, WORDS_WEIGHED), ...same.slice(0, WORDS_WEIGHED)];
  const here = sample.map(({ word, read }) => {
    const bits = bitsIn(word, home);
    // What reads alike in both is no reason for either: there it may be of any language, so here, too.
    const most = word === read ? Math.min(...bitsIn(word, LANGUAGES)) + GUEST_BITS : IMPLAUSIBLE_BITS;
    return bits.map((ofLanguage) => Math.min(ofLanguage, most));
  });
  const elsewhere = sample.map(({ read }, i) => {
    const most = Math.min(...here[i]!) + MOST_BITS_OF_A_WORD;
    return read === null ? LANGUAGES.map(() => most) : bitsIn(read, LANGUAGES).map((bits) => Math.min(most, bits));
  });
  const own = bitsOfList(here, () => true);
  const other = bitsOfList(elsewhere, (l) => isWritten.has(LANGUAGES[l]!));
  return other - own >= (words.length < FEW_WORDS ? MARGIN_BITS_OF_FEW : MARGIN_BITS);
}

interface Reading {
  word: string;
  /** In the other encoding; `null` where that makes signs of letters. */
  read: string | null;
}

function readAs(word: string, there: ReadonlyMap<string, string>): string | null {
  let read = '';
  for (const sign of word) {
    const other = FOREIGN.test(sign) ? there.get(sign)! : sign;
    if (other !== sign && !LETTER_OR_MARK.test(other)) return null;
    read += other;
  }
  return read.normalize('NFC');
}

/**
 * How unlikely words are in a list of one language, in which each may also be a guest from another.
 * @param bits by word and language
 * @param isPossible whether a list can be of the language with that index
 */
function bitsOfList(bits: readonly (readonly number[])[], isPossible: (language: number) => boolean): number {
  const asGuest = bits.map((ofWord) => Math.min(...ofWord) + GUEST_BITS);
  const totals = bits[0]!.map((_, language) =>
    bits.reduce(
      (sum, ofWord, w) => sum + (isPossible(language) ? Math.min(ofWord[language]!, asGuest[w]!) : asGuest[w]!),
      0,
    ),
  );
  return Math.min(...totals);
}

function bitsIn(word: string, languages: readonly string[]): number[] {
  if (!parts(word).every(isCaseOfNames)) return languages.map(() => IMPLAUSIBLE_BITS);
  const signs = (word.length - word.replace(NOT_A_LETTER, '').length) * SIGN_BITS;
  return bitsByLanguage(word, languages).map((bits) => bits + signs);
}

/** Nobody saves a list in an encoding that lacks letters of its language: ñ is not in those of the Baltic. */
function languagesWrittenIn(encoding: string): ReadonlySet<string> {
  const known = written.get(encoding);
  if (known) return known;
  const has = new Set(HIGH_BYTES.map((byte) => decode(byte, encoding)));
  const isPart = (sign: string): boolean => has.has(sign) || ASCII_LETTER.test(sign);
  // Vietnamese letters may be written in two characters; Romanian has the cedilla where the comma below is missing.
  const isThere = (letter: string): boolean => has.has(letter) || [...letter.normalize('NFD')].every(isPart);
  const canWrite = (letter: string): boolean => isThere(letter) || isThere(CEDILLAS[letter] ?? letter);
  const languages = new Set(LANGUAGES.filter((language) => lettersOfLanguage(language).every(canWrite)));
  written.set(encoding, languages);
  return languages;
}

const ASCII_LETTER = /[a-z]/;
const HIGH_BYTES = Array.from({ length: 128 }, (_, i) => Uint8Array.of(128 + i));
const written = new Map<string, ReadonlySet<string>>();
const CEDILLAS: Readonly<Record<string, string>> = { ș: 'ş', ț: 'ţ' };

const tables = new Map<string, ReadonlyMap<string, string>>();

/** What each character of windows-1252 is in another encoding of one byte a letter. */
function lettersOf(encoding: string): ReadonlyMap<string, string> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map(HIGH_BYTES.map((byte) => [decode(byte, WINDOWS_1252), decode(byte, encoding)]));
  tables.set(encoding, table);
  return table;
}

import { foreignWords } from './byte-words';
import { decode, encode, ENCODING_NAMES, WINDOWS_1252 } from './encodings';
import { fewestBits, isCaseOfNames, LANGUAGES } from './word-likelihood';

/** What the words of a file are in one encoding. */
export interface RankedReading {
  encoding: string;
  words: string[];
  /** How unlikely they are, in bits a word; only good for a comparison. */
  bits: number;
}

/** Documented encodings of one or two bytes a letter, and others that DOS and old Macs left behind. */
const CANDIDATES: readonly string[] = [
  ...ENCODING_NAMES.filter((name) => !name.startsWith('utf')),
  ...['iso-8859-5', 'iso-8859-7', 'iso-8859-9', 'koi8-u', 'ibm437', 'ibm852', 'ibm857', 'ibm862', 'ibm866'],
  ...['ibm737', 'ibm775', 'maccenteuro', 'maccyrillic', 'macgreek', 'macturkish', 'iso-8859-16', 'iso-8859-4'],
];
const WORDS_LOOKED_AT = 400;
const REPLACEMENT = '\ufffd';

/**
 * How the words of a text read in each encoding in which they can be read, the likeliest first. Encodings in which all of
 * them read the same count once. An order to choose from, no decision.
 */
export function rankReadings(bytes: Uint8Array): RankedReading[] {
  const words = foreignWords(bytes, WORDS_LOOKED_AT);
  const readings = new Map<string, RankedReading>();
  for (const encoding of CANDIDATES) {
    const read = words.map((word) => decode(word, encoding).normalize('NFC'));
    const key = read.join('\n');
    if (key.includes(REPLACEMENT) || readings.has(key)) continue;
    const bits = read.reduce((sum, word) => sum + bitsOfWord(word, encoding), 0) / Math.max(1, read.length);
    readings.set(key, { encoding, words: read, bits });
  }
  return [...readings.values()].sort((a, b) => a.bits - b.bits);
}

const SCRIPTS: readonly { letters: RegExp; bitsALetter: (letter: string, encoding: string) => number }[] = [
  { letters: /^[\p{sc=Cyrl}]+$/u, bitsALetter: (letter) => (COMMON_CYRILLIC.test(letter) ? 4 : 7) },
  { letters: /^[\p{sc=Grek}]+$/u, bitsALetter: () => 5 },
  { letters: /^[\p{sc=Hebr}\p{M}]+$/u, bitsALetter: () => 4 },
  { letters: /^[\p{sc=Arab}\p{M}]+$/u, bitsALetter: () => 5 },
  { letters: /^[\p{sc=Thai}]+$/u, bitsALetter: () => 6 },
  { letters: /^[\p{sc=Hang}]+$/u, bitsALetter: (letter, encoding) => bitsOfIdeograph(letter, encoding) - 2 },
  { letters: /^[\p{sc=Hira}\p{sc=Kana}ー]+$/u, bitsALetter: (letter) => (HALF_WIDTH.test(letter) ? 20 : 7) },
  { letters: /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー々]+$/u, bitsALetter: (letter, e) => bitsOfIdeograph(letter, e) },
];
const COMMON_CYRILLIC = /[абвгдеийклмнопрстуья]/i;
const HALF_WIDTH = /[\uff61-\uff9f]/;
const CASED = /^[\p{sc=Cyrl}\p{sc=Grek}]/u;
const FOREIGN = /[^\0-\x7f]/;
const PART = /[\p{L}\p{M}]+/gu;
const SIGN_BITS = 25;
/** Of a word that nobody writes so: worse ones need no order. */
const WORST_BITS = 60;
const CONTROL = /\p{Cc}/u;

function bitsOfWord(word: string, encoding: string): number {
  let bits = 0;
  for (const sign of word.replace(PART, '')) {
    if (FOREIGN.test(sign)) bits += CONTROL.test(sign) ? WORST_BITS : SIGN_BITS;
  }
  for (const [part] of word.matchAll(PART)) if (FOREIGN.test(part)) bits += bitsOfPart(part, encoding);
  return bits;
}

function bitsOfPart(part: string, encoding: string): number {
  const letters = [...part];
  const script = SCRIPTS.find((candidate) => candidate.letters.test(part));
  if (!script) return isCaseOfNames(part) ? Math.min(fewestBits(part, LANGUAGES), WORST_BITS) : WORST_BITS;
  if (CASED.test(part) && !isCaseOfNames(part)) return WORST_BITS;
  return letters.reduce((sum, letter) => sum + script.bitsALetter(letter, encoding), 0);
}

/** First bytes of the characters that each standard lists as the common ones. */
const COMMON_FIRST_BYTES: Readonly<Record<string, readonly [number, number]>> = {
  gb18030: [0xb0, 0xd7],
  big5: [0xa4, 0xc6],
  shift_jis: [0x88, 0x98],
  'euc-jp': [0xb0, 0xcf],
  'euc-kr': [0xb0, 0xc8],
};

function bitsOfIdeograph(letter: string, encoding: string): number {
  const [first, last] = COMMON_FIRST_BYTES[encoding] ?? [0, 0];
  const byte = encode(letter, encoding)[0]!;
  return byte >= first && byte <= last ? 9 : 16;
}

/** The words that look worst in windows-1252, by their place in every reading. */
export function worstWords(bytes: Uint8Array, count: number): number[] {
  const words = foreignWords(bytes, WORDS_LOOKED_AT).map((word) => decode(word, WINDOWS_1252));
  const bits = words.map((word) => bitsOfWord(word, WINDOWS_1252));
  return words
    .map((_, i) => i)
    .sort((a, b) => bits[b]! - bits[a]!)
    .slice(0, count);
}

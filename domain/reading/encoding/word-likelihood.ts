import { LETTER_NEIGHBOURS } from './letter-neighbours';

/** What a neighbour that was never seen costs, in bits: more than the rarest seen one. */
const UNSEEN_BITS = 11;
/** A word that nobody writes so: with a letter that the language lacks, or with a capital in its middle. */
export const IMPLAUSIBLE_BITS = 60;

interface Letter {
  bits: number;
  before: ReadonlyMap<string, number>;
  after: ReadonlyMap<string, number>;
}
/** Those whose names were counted. */
export const LANGUAGES: readonly string[] = Object.keys(LETTER_NEIGHBOURS);

type Alphabet = ReadonlyMap<string, Letter>;

const ENTRY = /^(\p{L}\p{M}*)(\d+) (\S*) (\S*)$/u;
const alphabets = new Map<string, Alphabet>();

function alphabetOf(language: string): Alphabet {
  const known = alphabets.get(language);
  if (known) return known;
  const letters = new Map<string, Letter>();
  for (const entry of LETTER_NEIGHBOURS[language]!.split('|')) {
    const [, letter = '', bits = '', before = '', after = ''] = ENTRY.exec(entry)!;
    letters.set(letter, { bits: Number(bits), before: neighbours(before), after: neighbours(after) });
  }
  alphabets.set(language, letters);
  return letters;
}

function neighbours(text: string): ReadonlyMap<string, number> {
  const bitsOf = new Map<string, number>();
  let bits = 0;
  for (const sign of text) {
    if (sign >= '0' && sign <= '9') bits = Number(sign);
    else bitsOf.set(sign, bits);
  }
  return bitsOf;
}

const EDGE = '.';
const FOREIGN = /[^\0-\x7f]/;
const FOREIGN_LETTER = /(?=[^\0-\x7f])\p{L}/u;
const ASCII_LETTER = /[a-z]/i;

/**
 * How unlikely the letters beyond ASCII of a word are in a language, in bits; 0 for a word without such letters. The other
 * letters are the same in every reading of its bytes, so they do not matter.
 */
export function bitsOf(word: string, language: string): number {
  const alphabet = alphabetOf(language);
  const letters = [...word.toLowerCase().replaceAll('i\u0307', 'i')];
  let bits = 0;
  for (const [i, sign] of letters.entries()) {
    if (!FOREIGN_LETTER.test(sign)) continue;
    const letter = alphabet.get(sign);
    if (!letter) return IMPLAUSIBLE_BITS;
    bits += letter.bits;
    bits += letter.before.get(neighbourAt(letters, i - 1)) ?? UNSEEN_BITS;
    bits += letter.after.get(neighbourAt(letters, i + 1)) ?? UNSEEN_BITS;
  }
  return Math.min(bits, IMPLAUSIBLE_BITS);
}

function neighbourAt(letters: readonly string[], index: number): string {
  const sign = letters[index];
  return sign !== undefined && (FOREIGN.test(sign) || ASCII_LETTER.test(sign)) ? sign : EDGE;
}

/** The same in whichever of the languages fits the word best. */
export const fewestBits = (word: string, languages: readonly string[]): number =>
  languages.reduce((least, language) => Math.min(least, bitsOf(word, language)), IMPLAUSIBLE_BITS);

const WRITTEN_AS_NAMES_ARE = /^(?:\p{Lu}?[\p{Ll}\p{Lm}]+|[\p{Lu}ß]+|(?:Mc|Mac|De|Di|La|Le|Van|Fitz|h|n|t|g|d|b|m|bh)\p{Lu}\p{Ll}+)$/u;

/** Whether capitals stand where names have them: at the beginning of a word, or everywhere. */
export const isCaseOfNames = (word: string): boolean => WRITTEN_AS_NAMES_ARE.test(word);

import { LETTER_NEIGHBOURS } from './letter-neighbours';

/** What a neighbour that was never seen costs, in bits: more than the rarest seen one. */
const UNSEEN_BITS = 11;
/** A word that nobody writes so: with a letter that the language lacks, or with a capital in its middle. */
export const IMPLAUSIBLE_BITS = 200;

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

/** The letters beyond ASCII that the names of a language had, in small. */
export const lettersOfLanguage = (language: string): readonly string[] => [...alphabetOf(language).keys()];

const EDGE = '.';
const FOREIGN = /[^\0-\x7f]/;
const FOREIGN_LETTER = /(?=[^\0-\x7f])\p{L}/u;
const ASCII_LETTER = /[a-z]/i;

/**
 * How unlikely the letters beyond ASCII of a word are in each of the languages, in bits; 0 for a word without such letters. The
 * other letters are the same in every reading of its bytes, so they do not matter.
 */
export function bitsByLanguage(word: string, languages: readonly string[]): number[] {
  const letters = [...word.toLowerCase().replaceAll('i\u0307', 'i')];
  const places = letters.flatMap((sign, i) =>
    FOREIGN_LETTER.test(sign)
      ? [{ sign, before: neighbourAt(letters, i - 1), after: neighbourAt(letters, i + 1) }]
      : [],
  );
  return languages.map((language) => {
    const alphabet = alphabetOf(language);
    let bits = 0;
    for (const { sign, before, after } of places) {
      const letter = alphabet.get(sign);
      if (!letter) return IMPLAUSIBLE_BITS;
      bits += letter.bits + (letter.before.get(before) ?? UNSEEN_BITS) + (letter.after.get(after) ?? UNSEEN_BITS);
    }
    return bits;
  });
}

function neighbourAt(letters: readonly string[], index: number): string {
  const sign = letters[index];
  return sign !== undefined && (FOREIGN.test(sign) || ASCII_LETTER.test(sign)) ? sign : EDGE;
}

/** The same in whichever of the languages fits the word best. */
export const fewestBits = (word: string, languages: readonly string[]): number =>
  Math.min(...bitsByLanguage(word, languages));

const WRITTEN_AS_NAMES_ARE =
  /^(?:\p{Lu}?[\p{Ll}\p{Lm}]+|[\p{Lu}ß]+|(?:Mc|Mac|De|Di|La|Le|Van|Fitz|h|n|t|g|d|b|m|bh)\p{Lu}\p{Ll}+)$/u;

/** Whether capitals stand where names have them: at the beginning of a word, or everywhere. */
export const isCaseOfNames = (word: string): boolean => WRITTEN_AS_NAMES_ARE.test(word);

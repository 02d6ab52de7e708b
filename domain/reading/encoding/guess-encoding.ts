import type { CellProblem } from '../../../contract/problem';
import type { Question } from '../../../contract/question';
import { decode, ENCODING_NAMES, WINDOWS_1252 } from './encodings';
import { isAtHome } from './is-at-home';
import { fileProblem, shorten } from '../../problems/make-problem';
import { rowAt } from '../physical-lines';
import { rankReadings, worstWords } from './rank-readings';
import type { RankedReading } from './rank-readings';

export interface EncodingGuess {
  encoding: string;
  /** Absent where the guess is sure enough to go on with a warning. */
  question?: Question;
}

const MOST_CHOICES = 8;
const WORDS_SHOWN = 4;
/** So much less likely than the best reading is not worth a look. */
const HOPELESS = 2.5;

/**
 * Guesses the encoding of a text that is not UTF-8 and whose encoding was not named; `undefined` if it can be read in none.
 * @param country the default country of the organisation, in which windows-1252 may go without saying
 */
export function guessEncoding(bytes: Uint8Array, country: string | null): EncodingGuess | undefined {
  if (isAtHome(bytes, country)) return { encoding: WINDOWS_1252 };
  const ranked = rankReadings(bytes);
  const [best] = ranked;
  if (!best) return undefined;
  const shown = worstWords(bytes, WORDS_SHOWN);
  const sampleOf = ({ words }: RankedReading): string => shorten(shown.map((i) => words[i]).join(', '));
  const fitting = ranked.filter(({ bits }) => bits <= best.bits * HOPELESS).slice(0, MOST_CHOICES);
  const western = ranked.find(({ encoding }) => encoding === WINDOWS_1252);
  const offered = western && !fitting.includes(western) ? [...fitting, western] : fitting;
  const choices = offered.map((reading) => ({
    value: reading.encoding,
    ...(shown.length > 0 && { sample: sampleOf(reading) }),
  }));
  const problem = {
    ...fileProblem('file.encoding-unclear', {
      encoding: best.encoding,
      encodings: choices.map(({ value }) => value).join(', '),
    }),
    // Words of more than a line are not compared.
    value:
      shown.length > 0
        ? sampleOf(best)
        : guessedEncoding(Buffer.from(decode(bytes, best.encoding)), best.encoding).value,
  };
  return { encoding: best.encoding, question: { kind: 'encoding', problem, choices } };
}

const FOREIGN_LETTER = /(?=[^\0-\x7f])\p{L}/u;
const FOREIGN_SIGN = /[^\0-\x7f\s]/u;
const BEFORE_IN_WORD = /[^\s,;|"]*$/;
const IN_WORD = /^[^\s,;|"]*/;
const LONGEST_HALF = 60;

/**
 * The warning that an encoding is only a guess, with a word by which a person can see whether it is right, and the row
 * that the word stands in.
 */
export function guessedEncoding(text: Uint8Array, encoding: string): CellProblem {
  const decoded = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString();
  const at = (FOREIGN_LETTER.exec(decoded) ?? FOREIGN_SIGN.exec(decoded))?.index;
  if (at === undefined) return fileProblem('file.encoding-guessed', { encoding, encodings: ENCODING_NAMES.join(', ') });
  const before = decoded.slice(Math.max(0, at - LONGEST_HALF), at);
  const after = decoded.slice(at, at + LONGEST_HALF);
  const word = (BEFORE_IN_WORD.exec(before)?.[0] ?? '') + (IN_WORD.exec(after)?.[0] ?? '');
  const line = rowAt(text, Buffer.byteLength(decoded.slice(0, at)));
  return {
    ...fileProblem('file.encoding-guessed', {
      encoding,
      encodings: ENCODING_NAMES.join(', '),
      ...(line !== undefined && { line }),
    }),
    value: shorten(word),
  };
}

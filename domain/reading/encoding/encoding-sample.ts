import type { CellProblem } from '../../../contract/problem';
import { ENCODING_NAMES } from './encodings';
import { fileProblem, shorten } from '../../problems/make-problem';
import { rowAt } from '../physical-lines';

const FOREIGN_LETTER = /(?=[^\0-\x7f])\p{L}/u;
const FOREIGN_SIGN = /[^\0-\x7f\s]/u;
const BEFORE_IN_WORD = /[^\s,;|"]*$/;
const IN_WORD = /^[^\s,;|"]*/;
const LONGEST_HALF = 60;
const encodings = ENCODING_NAMES.join(', ');

/**
 * The warning that an encoding is only a guess, with a word by which a person can see whether it is right, and the row
 * that the word stands in.
 */
export function guessedEncoding(text: Uint8Array, encoding: string): CellProblem {
  const decoded = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString();
  const at = (FOREIGN_LETTER.exec(decoded) ?? FOREIGN_SIGN.exec(decoded))?.index;
  if (at === undefined) return fileProblem('file.encoding-guessed', { encoding, encodings });
  const before = decoded.slice(Math.max(0, at - LONGEST_HALF), at);
  const after = decoded.slice(at, at + LONGEST_HALF);
  const word = (BEFORE_IN_WORD.exec(before)?.[0] ?? '') + (IN_WORD.exec(after)?.[0] ?? '');
  const line = rowAt(text, Buffer.byteLength(decoded.slice(0, at)));
  return {
    ...fileProblem('file.encoding-guessed', { encoding, encodings, ...(line !== undefined && { line }) }),
    value: shorten(word),
  };
}

import { isUtf8 } from 'node:buffer';
import type { CellProblem } from '../../../contract/problem';
import { decode, ENCODING_NAMES, encodingCalled, UTF_16_BE, UTF_16_LE, UTF_8, WINDOWS_1252 } from './encodings';
import { fileProblem, shorten } from '../../problems/make-problem';
import { findLine, rowAt } from '../physical-lines';
import type { Layout } from '../../table';

/** The text of a file as bytes of UTF-8, whatever it was saved as, without its byte order mark. */
export type DecodedText =
  | ({ ok: true; text: Uint8Array; isGuess: boolean } & Pick<Layout, 'encoding' | 'byteOrderMark'>)
  | { ok: false; problem: CellProblem };

const UTF_8_MARK = [0xef, 0xbb, 0xbf];
const MARKS: readonly { encoding: string; bytes: readonly number[] }[] = [
  { encoding: UTF_8, bytes: UTF_8_MARK },
  { encoding: UTF_16_LE, bytes: [0xff, 0xfe] },
  { encoding: UTF_16_BE, bytes: [0xfe, 0xff] },
];
/** Decoders write it for invalid bytes. */
const REPLACEMENT = '\ufffd';
const HALF_A_CHARACTER = /\p{Surrogate}/u;

/**
 * Finds out how a text is saved, from what is certain to what is likely: its mark, what the upload says, UTF-8, UTF-16
 * by its zero bytes, and last windows-1252, which is only a guess. No statistics: on files of this size they are wrong
 * too often. The whole text is decoded, or none of it.
 */
export function decodeText(bytes: Uint8Array, asked: string | null): DecodedText {
  const named = asked === null ? undefined : encodingCalled(asked);
  if (asked !== null && named === undefined) return reject(`“${asked}” is an unknown encoding`);

  const mark = MARKS.find((candidate) => startsWith(bytes, candidate.bytes));
  if (mark) {
    const isAsNamed = named === undefined || named === mark.encoding || (isWide(named) && isWide(mark.encoding));
    if (isAsNamed) return decodeAs(mark.encoding, bytes.subarray(mark.bytes.length), { byteOrderMark: true });
    return reject(`it begins with the mark of ${nameOf(mark.encoding)}, but ${asked} was named at the upload`);
  }
  const wide = wideEncodingOf(bytes);
  if (named !== undefined) {
    // A name such as UTF-16 does not tell the order of its bytes.
    const encoding = isWide(named) ? (wide ?? named) : named;
    return decodeAs(encoding, bytes, { reason: `it is not ${asked}, as was said at the upload` });
  }
  if (wide !== undefined) return decodeAs(wide, bytes, {});
  if (isUtf8(bytes)) return { ok: true, text: bytes, encoding: UTF_8, byteOrderMark: false, isGuess: false };
  return decodeAs(WINDOWS_1252, bytes, {
    isGuess: true,
    reason: 'it is saved neither as UTF-8 nor as windows-1252 (Western European), and does not say as what',
  });
}

interface Circumstances {
  byteOrderMark?: boolean;
  isGuess?: boolean;
  /** The reason to reject the file if it cannot be decoded. */
  reason?: string;
}

function decodeAs(encoding: string, bytes: Uint8Array, circumstances: Circumstances): DecodedText {
  const { byteOrderMark = false, isGuess = false } = circumstances;
  const reason = circumstances.reason ?? `it is saved as ${nameOf(encoding)}, and something in it is damaged`;
  if (encoding === UTF_8) {
    if (isUtf8(bytes)) return { ok: true, text: withoutMark(bytes), encoding, byteOrderMark, isGuess };
    // No character of UTF-8 holds the byte of a line break, so each line can be judged by itself.
    return reject(reason, findLine(bytes, ({ start, end }) => !isUtf8(bytes.subarray(start, end)))?.row);
  }
  const decoded = decode(bytes, encoding);
  const text = Buffer.from(decoded);
  if (isWide(encoding) ? HALF_A_CHARACTER.test(decoded) : decoded.includes(REPLACEMENT)) {
    return reject(reason, rowAt(text, text.indexOf(REPLACEMENT)));
  }
  if (isWide(encoding) && bytes.length % 2 === 1) return reject(reason);
  return { ok: true, text: withoutMark(text), encoding, byteOrderMark, isGuess };
}

/** A file that went through two programs can have got two marks. */
const withoutMark = (text: Uint8Array): Uint8Array =>
  startsWith(text, UTF_8_MARK) ? text.subarray(UTF_8_MARK.length) : text;

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);

/**
 * UTF-16 without a mark, as Excel's "Unicode text" sometimes is. A header begins with two characters of which one byte
 * is 0; as many zeros in the other places would make it a binary file.
 */
function wideEncodingOf([first, second, third, fourth]: Uint8Array): string | undefined {
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return UTF_16_LE;
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return UTF_16_BE;
  return undefined;
}

const isWide = (encoding: string): boolean => encoding === UTF_16_LE || encoding === UTF_16_BE;

const nameOf = (encoding: string): string =>
  ENCODING_NAMES.find((name) => encodingCalled(name) === encoding) ?? encoding;

const reject = (reason: string, line?: number): DecodedText => ({
  ok: false,
  problem: fileProblem('file.encoding', {
    reason,
    encodings: ENCODING_NAMES.join(', '),
    ...(line !== undefined && { line }),
  }),
});

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

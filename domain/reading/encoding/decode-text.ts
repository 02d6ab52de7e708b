import { isUtf8 } from 'node:buffer';
import type { CellProblem } from '../../../contract/problem';
import type { Question } from '../../../contract/question';
import { decode, ENCODING_NAMES, encodingCalled, UTF_16_BE, UTF_16_LE, UTF_8 } from './encodings';
import { escapedEncoding } from './escaped-text';
import { guessEncoding } from './guess-encoding';
import { fileProblem, linesInShort } from '../../problems/make-problem';
import { findLine, rowAt } from '../physical-lines';
import { rowsBeyondUtf8 } from './utf8-lines';
import type { Layout } from '../../table';

/** The text of a file as bytes of UTF-8, whatever it was saved as, without its byte order mark. */
export type DecodedText =
  | ({ ok: true; text: Uint8Array; isGuess: boolean; question?: Question } & Pick<Layout, 'encoding' | 'byteOrderMark'>)
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

/** What is known of a text besides its bytes. */
export interface DecodeOptions {
  /** The name that the upload gave; `null` to find the encoding out. */
  asked: string | null;
  /** The default country of the organisation, by which a guess may be sure enough. */
  country: string | null;
}

/**
 * Finds out how a text is saved, from what is certain to what is likely: its mark, what the upload says, UTF-8, UTF-16
 * by its zero bytes, and last a guess. A guess is only a warning where it is windows-1252 in its own country, and a question
 * everywhere else. The whole text is decoded, or none of it.
 */
export function decodeText(bytes: Uint8Array, { asked, country }: DecodeOptions): DecodedText {
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
  const escaped = escapedEncoding(bytes);
  if (escaped !== undefined) return reject(`it is saved as ${escaped}, which is not read here`);
  if (isUtf8(bytes)) return { ok: true, text: bytes, encoding: UTF_8, byteOrderMark: false, isGuess: false };
  return partlyUtf8(bytes) ?? decodeGuessed(bytes, country);
}

function partlyUtf8(bytes: Uint8Array): DecodedText | undefined {
  const rows = rowsBeyondUtf8(bytes);
  if (rows.length === 0) return undefined;
  const lines = linesInShort(rows);
  return { ok: false, problem: fileProblem('file.mixed-encodings', { line: rows[0]!, rows: rows.length, lines }) };
}

function decodeGuessed(bytes: Uint8Array, country: string | null): DecodedText {
  const guess = guessEncoding(bytes, country);
  const reason = 'it is saved neither as UTF-8 nor in any other encoding that is read here';
  if (!guess) return reject(reason, findLine(bytes, ({ start, end }) => !isUtf8(bytes.subarray(start, end)))?.row);
  const decoded = decodeAs(guess.encoding, bytes, { isGuess: true, reason });
  return decoded.ok && guess.question ? { ...decoded, question: guess.question } : decoded;
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
    return (
      partlyUtf8(bytes) ?? reject(reason, findLine(bytes, ({ start, end }) => !isUtf8(bytes.subarray(start, end)))?.row)
    );
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

const BYTES_LOOKED_AT = 4096;

/** So many times more zeros are at the side of ASCII than at the other, where few signs have one: 一 (U+4E00), Ā, a grave accent of its own. */
const LOPSIDED = 8;

/**
 * UTF-16 without a mark, as Excel's "Unicode text" sometimes is. The signs of ASCII in it, line breaks at least, have one byte
 * that is 0, always at the same side; as many zeros at both sides make it a binary file.
 */
function wideEncodingOf(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return UTF_16_LE;
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return UTF_16_BE;
  // A header in other letters.
  const zeros = [0, 0];
  for (let i = bytes.indexOf(0); i >= 0 && i < BYTES_LOOKED_AT; i = bytes.indexOf(0, i + 1)) zeros[i % 2]!++;
  const [first = 0, second = 0] = zeros;
  if (second > 1 && second >= LOPSIDED * first) return UTF_16_LE;
  if (first > 1 && first >= LOPSIDED * second) return UTF_16_BE;
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

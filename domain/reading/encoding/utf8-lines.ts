import { isUtf8 } from 'node:buffer';
import { findLine } from '../physical-lines';

const REPLACEMENT = 0xfffd;
const LAST_ASCII = 0x7f;

/**
 * The rows that are not UTF-8 in a file that is; `[]` where it is another encoding altogether. In texts of other encodings
 * a few letters look like UTF-8 by chance, never as many as those that do not.
 */
export function rowsBeyondUtf8(bytes: Uint8Array): number[] {
  const rows = new Set<number>();
  let good = 0;
  let bad = 0;
  // No character of UTF-8 holds the byte of a line break, so each line can be judged by itself.
  findLine(bytes, ({ row, start, end }) => {
    const line = bytes.subarray(start, end);
    const { letters, replaced } = countLetters(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString());
    const lost = replaced > 0 && !isUtf8(line) ? replaced : 0;
    good += letters - lost;
    bad += lost;
    if (lost > 0) rows.add(row);
    return false;
  });
  return good >= bad ? [...rows] : [];
}

/** The characters beyond ASCII, and how many of them stand for bytes that are none. Without an array of them: a file has millions. */
function countLetters(text: string): { letters: number; replaced: number } {
  let letters = 0;
  let replaced = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= LAST_ASCII || isSecondHalf(code)) continue;
    letters++;
    if (code === REPLACEMENT) replaced++;
  }
  return { letters, replaced };
}

/** Of a character that takes two code units. */
const isSecondHalf = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

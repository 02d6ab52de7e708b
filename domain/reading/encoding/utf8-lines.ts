import { isUtf8 } from 'node:buffer';
import { findLine } from '../physical-lines';

const REPLACEMENT = '\ufffd';
const ASCII = /[\0-\x7f]+/g;

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
    const letters = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString().replace(ASCII, '');
    const lost = isUtf8(line) ? 0 : letters.split(REPLACEMENT).length - 1;
    good += [...letters].length - lost;
    bad += lost;
    if (lost > 0) rows.add(row);
    return false;
  });
  return good >= bad ? [...rows] : [];
}

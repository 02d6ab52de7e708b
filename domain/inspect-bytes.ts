import { isUtf8 } from 'node:buffer';
import type { CellProblem } from '../contract/problem';
import { MAX_RECORD_BYTES } from './csv-records';
import { isUtf16, recogniseForeignFile } from './file-kind';
import { findLine } from './physical-lines';
import { fileProblem } from './make-problem';

/** Why the bytes cannot be read as a CSV file in UTF-8 at all, or `undefined` if they can be tried. */
export function inspectBytes(bytes: Uint8Array): CellProblem | undefined {
  if (isUtf16(bytes)) return fileProblem('file.encoding', { encoding: 'UTF-16 (Unicode text)' });
  const what = recogniseForeignFile(bytes);
  if (what !== undefined) return fileProblem('file.not-a-csv', { what });
  if (!isUtf8(bytes)) {
    // No character of UTF-8 holds the byte of a line break, so each line can be judged by itself.
    const line = findLine(bytes, ({ start, end }) => !isUtf8(bytes.subarray(start, end)));
    return fileProblem('file.encoding', line && { line: line.row });
  }
  const endless = findLine(bytes, ({ start, end }) => end - start > MAX_RECORD_BYTES);
  return endless && fileProblem('file.not-a-csv', { what: endlessText(endless.row) });
}

const endlessText = (row: number): string =>
  `text in which row ${row} alone has more than ${MAX_RECORD_BYTES.toLocaleString('en')} characters`;

/** The bytes after the byte order mark that Excel puts in front of UTF-8. */
export function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return marked ? bytes.subarray(3) : bytes;
}

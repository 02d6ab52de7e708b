import type { Delimiter } from '../../table';

/** More than the cells of a row can reasonably hold; Excel allows 32,767 in one. */
export const MAX_RECORD_BYTES = 100_000;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Reads at most `most` records of a text in UTF-8 that has no quotation mark, as the parser would: there a record is a line, and a cell ends at
 * the next delimiter. `undefined` where the parser has to decide: at a quotation mark, and at a line of about the largest size.
 *
 * The parser makes its functions anew for each text. V8 drops what it has compiled of them once it collects the old heap, so that a worker
 * compiled them again for every few files, which took several times as long as their work.
 */
export function plainRecords(
  bytes: Uint8Array,
  delimiter: Delimiter,
  most: number,
  isWanted: (record: string[]) => boolean = () => true,
): string[][] | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text.includes(QUOTE)) return undefined;
  const records: string[][] = [];
  const findFrom = (sign: number, from: number): number => {
    const found = text.indexOf(sign, from);
    return found < 0 ? text.length : found;
  };
  let lf = -1;
  let cr = -1;
  for (let begin = 0; begin < text.length && records.length < most;) {
    if (lf < begin) lf = findFrom(LF, begin);
    if (cr < begin) cr = findFrom(CR, begin);
    const end = Math.min(lf, cr);
    if (end - begin >= MAX_RECORD_BYTES) return undefined;
    const record = text.toString('utf8', begin, end).split(delimiter);
    if (isWanted(record)) records.push(record);
    begin = end === cr && lf === cr + 1 ? lf + 1 : end + 1;
  }
  return records;
}

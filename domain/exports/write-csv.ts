import { stringify } from 'csv-stringify/sync';
import { guardFormula } from '../formula-guard';
import type { Layout } from '../table';
import { decode, encode } from '../reading/encoding/encodings';

export type Dialect = Pick<Layout, 'encoding' | 'byteOrderMark' | 'delimiter'>;

/** What Excel opens with every accent in its place, and everything else reads as well. */
export const SPREADSHEET_DIALECT: Dialect = { encoding: 'utf8', byteOrderMark: true, delimiter: ',' };

/**
 * Records as the text of a CSV file. No cell of it is taken for a formula by a spreadsheet program, or changed as a
 * number; `unguardFormula` gives each back as it was.
 */
export function toCsvText(records: readonly (readonly string[])[], { delimiter }: Pick<Dialect, 'delimiter'>): string {
  return stringify(
    records.map((record) => record.map(guardFormula)),
    // The writer quotes its own line break only; a lone one of another kind would begin a row just as well.
    { delimiter, record_delimiter: '\r\n', quoted_match: [/[\r\n]/] },
  );
}

/** Whether every character of the text has its place in the encoding. */
export const isExpressible = (text: string, encoding: string): boolean =>
  decode(encode(text, encoding), encoding) === text;

export const encodeText = (text: string, { encoding, byteOrderMark }: Omit<Dialect, 'delimiter'>): Uint8Array =>
  encode(text, encoding, { addBOM: byteOrderMark });

/** The name under which the rest of the world knows an encoding of iconv-lite. */
export const charsetOf = ({ encoding }: Pick<Dialect, 'encoding'>): string => CHARSETS[encoding] ?? encoding;

const CHARSETS: Readonly<Record<string, string>> = { utf8: 'utf-8', utf16le: 'utf-16le', utf16be: 'utf-16be' };

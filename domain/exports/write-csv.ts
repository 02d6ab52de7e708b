import { stringify } from 'csv-stringify/sync';
import { guardFormula } from '../formula-guard';
import type { Layout } from '../table';
import { decode, encode } from '../reading/encoding/encodings';

export type Dialect = Pick<Layout, 'encoding' | 'byteOrderMark' | 'delimiter'>;

/** Excel opens it with every accent intact, and other programs read it too. */
export const SPREADSHEET_DIALECT: Dialect = { encoding: 'utf8', byteOrderMark: true, delimiter: ',' };

/**
 * Records as the text of a CSV file. Its cells are guarded, so that a spreadsheet program neither runs a formula nor
 * changes a number; `unguardFormula` is the inverse.
 */
export function toCsvText(records: readonly (readonly string[])[], { delimiter }: Pick<Dialect, 'delimiter'>): string {
  return stringify(
    records.map((record) => record.map(guardFormula)),
    // The writer quotes only CRLF by itself, but a lone CR or LF begins a new row too.
    { delimiter, record_delimiter: '\r\n', quoted_match: [/[\r\n]/] },
  );
}

/** Whether the encoding has every character of the text. */
export const isExpressible = (text: string, encoding: string): boolean =>
  decode(encode(text, encoding), encoding) === text;

export const encodeText = (text: string, { encoding, byteOrderMark }: Omit<Dialect, 'delimiter'>): Uint8Array =>
  encode(text, encoding, { addBOM: byteOrderMark });

/** The MIME name of an encoding of iconv-lite. */
export const charsetOf = ({ encoding }: Pick<Dialect, 'encoding'>): string => CHARSETS[encoding] ?? encoding;

const CHARSETS: Readonly<Record<string, string>> = { utf8: 'utf-8', utf16le: 'utf-16le', utf16be: 'utf-16be' };

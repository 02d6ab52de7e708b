/** What a file really is when it is no text at all, by the bytes it starts with. */
const MAGIC: readonly { starts: string; what: string }[] = [
  { starts: '%PDF-', what: 'a PDF document' },
  { starts: '\x89PNG', what: 'a picture (PNG)' },
  { starts: '\xff\xd8\xff', what: 'a picture (JPEG)' },
  { starts: 'GIF8', what: 'a picture (GIF)' },
  { starts: 'PK\x03\x04', what: 'an Excel workbook (.xlsx) or another ZIP file' },
  { starts: 'PK\x05\x06', what: 'an empty ZIP file' },
  { starts: '\xd0\xcf\x11\xe0', what: 'an old Excel workbook (.xls)' },
  { starts: '\x1f\x8b', what: 'a compressed file (gzip)' },
  { starts: '{\\rtf', what: 'a text document (RTF)' },
];
const MARKUP = /^(?:\xef\xbb\xbf)?\s*<(?:!--|(?:!doctype|\?xml|html|head|body|table)\b)/i;
const LONGEST_START = 256;

/** What the bytes are if they cannot be a CSV file, in words that complete "It is …"; otherwise `undefined`. */
export function recogniseForeignFile(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, LONGEST_START)).toString('latin1');
  const magic = MAGIC.find(({ starts }) => start.startsWith(starts));
  if (magic) return magic.what;
  if (MARKUP.test(start)) return 'a web page (HTML or XML)';
  return bytes.includes(0) ? 'a binary file, not text' : undefined;
}

/** Whether the text is saved with two bytes a character, as Excel's "Unicode text" is; ASCII then has every other byte 0. */
export function isUtf16([first, second, third, fourth]: Uint8Array): boolean {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const littleEndian = first !== 0 && second === 0 && third !== 0 && fourth === 0;
  const bigEndian = first === 0 && second !== 0 && third === 0 && fourth !== 0;
  return littleEndian || bigEndian;
}

/** Kinds of binary files, by the bytes they start with. */
const MAGIC: readonly { starts: string; what: string }[] = [
  { starts: '%PDF-', what: 'a PDF document' },
  { starts: '\x89PNG', what: 'a picture (PNG)' },
  { starts: '\xff\xd8\xff', what: 'a picture (JPEG)' },
  { starts: 'GIF8', what: 'a picture (GIF)' },
  { starts: 'II*\0', what: 'a picture (TIFF)' },
  { starts: 'MM\0*', what: 'a picture (TIFF)' },
  { starts: 'RIFF', what: 'a picture, sound or film' },
  { starts: '\x1f\x8b', what: 'a compressed file (gzip)' },
  { starts: '7z\xbc\xaf', what: 'a compressed file (7-Zip)' },
  { starts: 'Rar!', what: 'a compressed file (RAR)' },
  { starts: 'BZh', what: 'a compressed file (bzip2)' },
  { starts: '\xfd7zXZ', what: 'a compressed file (xz)' },
  { starts: '\x28\xb5\x2f\xfd', what: 'a compressed file (Zstandard)' },
  { starts: '{\\rtf', what: 'a text document (RTF)' },
  { starts: 'ID;PWXL', what: 'a spreadsheet in the old SYLK format (.slk)' },
  { starts: 'ID;PSCALC', what: 'a spreadsheet in the old SYLK format (.slk)' },
  { starts: 'BEGIN:VCARD', what: 'a file of contact cards (vCard)' },
  { starts: 'BEGIN:VCALENDAR', what: 'a calendar' },
  { starts: 'PAR1', what: 'a Parquet file' },
  { starts: 'SQLite format 3\0', what: 'a database (SQLite)' },
  { starts: '\x7fELF', what: 'a program' },
];
const OLD_OFFICE = '\xd0\xcf\x11\xe0';
const MARKUP = /^\s*<(?:!--|(?:!doctype|\?xml|html|head|body|table|workbook)\b)/i;
const JSON_START = /^\s*(?:\{\s*["}]|\[\s*[[{"\]])/;
const LONGEST_START = 256;

/** Names the kind of a binary file other than a ZIP archive, in words that complete "It is …". */
export function recogniseForeignFile(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, LONGEST_START)).toString('latin1');
  if (start.startsWith(OLD_OFFICE)) return recogniseOldOffice(bytes);
  return MAGIC.find(({ starts }) => start.startsWith(starts))?.what;
}

/** Names the kind of a text that cannot be a table, in words that complete "It is …". */
export function recogniseForeignText(text: Uint8Array): string | undefined {
  const start = Buffer.from(text.subarray(0, LONGEST_START)).toString();
  if (MARKUP.test(start)) return 'a web page (HTML or XML)';
  if (JSON_START.test(start)) return 'data for programs (JSON)';
  return text.includes(0) ? 'a binary file, not text' : undefined;
}

/** Old workbooks, old documents and workbooks with a password share one container; the streams inside have names. */
function recogniseOldOffice(bytes: Uint8Array): string {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (name: string): boolean => content.includes(name, 0, 'utf16le');
  if (holds('EncryptedPackage')) return 'a workbook or document that is protected by a password';
  if (holds('WordDocument')) return 'a Word document (.doc)';
  return 'an old Excel workbook (.xls)';
}

const ZIP_STARTS = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];

/** Whether the file is a ZIP archive, as every newer workbook is. */
export function isZip(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('latin1');
  return ZIP_STARTS.includes(start);
}

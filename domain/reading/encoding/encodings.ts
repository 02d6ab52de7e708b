import iconv from 'iconv-lite';

/** As iconv-lite names them, and as a table's layout says. */
export const UTF_8 = 'utf8';
export const UTF_16_LE = 'utf16le';
export const UTF_16_BE = 'utf16be';
export const WINDOWS_1252 = 'windows-1252';

/** Encodings that an upload may name, as they are documented. Their usual other names do as well. */
export const ENCODING_NAMES: readonly string[] = [
  ...['utf-8', 'utf-16le', 'utf-16be', WINDOWS_1252, 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1254'],
  ...['windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'windows-874', 'iso-8859-2', 'iso-8859-15'],
  ...['macintosh', 'ibm850', 'koi8-r', 'shift_jis', 'euc-jp', 'gb18030', 'big5', 'euc-kr'],
];

/** Names that iconv-lite does not know, or takes for another encoding than people mean. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  utf8: UTF_8,
  ascii: UTF_8,
  usascii: UTF_8,
  utf16: UTF_16_LE,
  unicode: UTF_16_LE,
  utf16le: UTF_16_LE,
  utf16be: UTF_16_BE,
  // Files called so are nearly always in its superset; browsers read them like this too.
  iso88591: WINDOWS_1252,
  latin1: WINDOWS_1252,
  ansi: WINDOWS_1252,
  mac: 'macintosh',
  macroman: 'macintosh',
};
/** Keeps out iconv-lite's wrappings of bytes, such as base64, which are not encodings of text. */
const FAMILIES = /^(?:windows|win|cp|ibm|iso8859|latin|koi8|mac|gb|big5|shiftjis|sjis|euc|ksc?5601|tis620)/;

/** The encoding of that name as iconv-lite calls it, or `undefined` if text in it cannot be read here. */
export function encodingCalled(name: string): string | undefined {
  const asked = plain(name);
  const documented = ENCODING_NAMES.find((known) => plain(known) === asked);
  const known = Object.hasOwn(OTHER_NAMES, asked) ? OTHER_NAMES[asked] : documented;
  return known ?? (FAMILIES.test(asked) && iconv.encodingExists(asked) ? asked : undefined);
}

export const isKnownEncoding = (name: string): boolean => encodingCalled(name) !== undefined;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The library has the table of before 1998; since then, and in what Excel for Mac writes, this place is the euro's. */
const MACINTOSH = 'macintosh';
const OLD_SIGN = '¤';
const EURO = '€';

/** Bytes of an encoding as text, a byte order mark included. What cannot be decoded becomes U+FFFD. */
export function decode(bytes: Uint8Array, encoding: string): string {
  const text = iconv.decode(bytes, encoding, { stripBOM: false });
  return encoding === MACINTOSH ? text.replaceAll(OLD_SIGN, EURO) : text;
}

/** Inverse of `decode`, for text that the encoding can express. */
export function encode(text: string, encoding: string, options: { addBOM?: boolean } = {}): Buffer {
  return iconv.encode(encoding === MACINTOSH ? text.replaceAll(EURO, OLD_SIGN) : text, encoding, options);
}

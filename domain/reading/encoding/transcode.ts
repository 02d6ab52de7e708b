import iconv from 'iconv-lite';

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

import { isAscii } from 'node:buffer';

/** Escape sequences of ISO 2022 that change the set of characters. */
const ISO_2022 = /\x1b(?:\$[@AB]|\$\([@-D]|\([BIJ])/;
const HZ = /~\{(?:[\x21-\x7d][\x21-\x7e])+~\}/;
/** Letters in base64; the `+` of a mobile number or an address is followed by other things. */
const UTF_7 = /(?<![\w@.-]\+?)[A-Za-z]*\+([A-Za-z0-9+/]{3,})-(?![^\s,;|]*@)/g;
const BITS_OF_A_SIGN = 6;
const BITS_OF_A_CHARACTER = 16;
const LETTERS = /^(?=[^\0-\x7f])\p{L}+$/u;

/**
 * The encoding of a text in ASCII that hides other letters in escape sequences, as old mail programs wrote them; `undefined`
 * for plain text. Such a text is valid UTF-8, so nothing else would notice.
 */
export function escapedEncoding(bytes: Uint8Array): string | undefined {
  if (!isAscii(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (ISO_2022.test(text)) return 'ISO-2022';
  if (HZ.test(text)) return 'HZ-GB-2312';
  for (const [, hidden = ''] of text.matchAll(UTF_7)) if (isHiddenText(hidden)) return 'UTF-7';
  return undefined;
}

function isHiddenText(base64: string): boolean {
  const rest = (base64.length * BITS_OF_A_SIGN) % BITS_OF_A_CHARACTER;
  if (rest >= BITS_OF_A_SIGN || !/[A-Za-z]/.test(base64)) return false;
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes
    .subarray(0, bytes.length - (bytes.length % 2))
    .swap16()
    .toString('utf16le');
  return LETTERS.test(text);
}

const FIRST_OF_WORDS = 0x30;
const SEMICOLON = 0x3b;
const FIRST_BEYOND_ASCII = 0x80;
/** In bytes. What is longer is no word, and would take its time. */
const LONGEST_WORD = 300;

/**
 * The different words of a text that have bytes beyond ASCII, as bytes. Every encoding here divides words alike: none uses
 * blanks, commas, quotation marks or line breaks as parts of a character.
 */
export function foreignWords(bytes: Uint8Array, most: number): Uint8Array[] {
  const words = new Map<string, Uint8Array>();
  let start = 0;
  let isForeign = false;
  for (let i = 0; i <= bytes.length && words.size < most; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= FIRST_OF_WORDS && byte !== SEMICOLON) {
      isForeign ||= byte >= FIRST_BEYOND_ASCII;
      continue;
    }
    if (isForeign && i - start <= LONGEST_WORD) {
      const word = bytes.subarray(start, i);
      words.set(Buffer.from(word.buffer, word.byteOffset, word.byteLength).toString('latin1'), word);
    }
    start = i + 1;
    isForeign = false;
  }
  return [...words.values()];
}

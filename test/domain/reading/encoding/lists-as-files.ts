import { decode, encode } from '../../../../domain/reading/encoding/encodings';
import { NAME_LISTS } from './name-lists';

const HEADER = 'First Name,Last Name,Email,Mobile,Role,Company,Group Identifier\r\n';
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/u;

export interface ListFile {
  language: string;
  encoding: string;
  bytes: Buffer;
  /** What a person would read, composed. */
  text: string;
}

/** The list of a language as a file; `undefined` where the encoding lacks letters of it. */
export function listFile(language: string, encoding: string, names: readonly string[]): ListFile | undefined {
  const lines = names.map(
    (name, i) => `${name.replace(' ', ',')}${name.includes(' ') ? '' : ','},p${i}@list.example,,,,`,
  );
  const text = HEADER + lines.join('\r\n');
  for (const candidate of [text, withToneMarks(text, encoding)]) {
    const bytes = encode(candidate, encoding);
    if (decode(bytes, encoding) === candidate) return { language, encoding, bytes, text };
  }
  return undefined;
}

/** Vietnamese code pages write a vowel and its tone as two characters where they have no room for both. */
function withToneMarks(text: string, encoding: string): string {
  return [...text]
    .map((letter) => {
      if (decode(encode(letter, encoding), encoding) === letter) return letter;
      const signs = [...letter.normalize('NFD')];
      const tones = signs.filter((sign) => TONES.test(sign));
      return (
        signs
          .filter((sign) => !TONES.test(sign))
          .join('')
          .normalize('NFC') + tones.join('')
      );
    })
    .join('');
}

/** Every list whole in each of its encodings, and its names in groups of `size`. */
export function filesOf(language: string, sizes: readonly number[], only?: string): ListFile[] {
  const { names, encodings } = NAME_LISTS[language]!;
  const people = names.split('|');
  return encodings.split(' ').flatMap((encoding) => {
    if (only !== undefined && only !== encoding) return [];
    // An encoding without all letters of a language was used for those of its names that it can write.
    const writable = people.filter((name) => listFile(language, encoding, [name]));
    return sizes.flatMap((size) => {
      const files: ListFile[] = [];
      for (let i = 0; i < writable.length; i += size) {
        const file = listFile(language, encoding, writable.slice(i, i + size));
        if (file && file.bytes.some((byte) => byte > 0x7f)) files.push(file);
      }
      return files;
    });
  });
}

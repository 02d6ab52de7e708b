import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** What the directory of an archive says of one of its files. It may lie. */
export interface ZipEntry {
  name: string;
  isEncrypted: boolean;
  packedSize: number;
  size: number;
  /** `undefined` where it is longer or shorter than announced, or its checksum is another: damaged or meant to do harm. */
  unpack: () => Promise<Uint8Array | undefined>;
}

const DIRECTORY_END = Buffer.from('PK\x05\x06');
const DIRECTORY_END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;

/** Lists the files of a ZIP archive without unpacking any; `undefined` where its directory cannot be read. */
export async function listEntries(
  archive: Uint8Array,
  maxEntries: number,
): Promise<ZipEntry[] | 'too-many' | undefined> {
  try {
    const zip = await fromBufferPromise(withoutAppendix(archive), { validateEntrySizes: true });
    if (zip.entryCount > maxEntries) return 'too-many';
    const entries: ZipEntry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(toZipEntry(zip, withoutNotes(entry)));
    return entries;
  } catch {
    return undefined;
  }
}

/** What nobody reads: in a directory that is made to do harm, it takes up forty times the memory of the archive. */
const withoutNotes = (entry: Entry): Entry => Object.assign(entry, { extraFields: [], fileComment: '', comment: '' });

const toZipEntry = (zip: ZipFile, entry: Entry): ZipEntry => ({
  name: entry.fileName,
  isEncrypted: entry.isEncrypted(),
  packedSize: entry.compressedSize,
  size: entry.uncompressedSize,
  unpack: () => unpack(zip, entry),
});

async function unpack(zip: ZipFile, entry: Entry): Promise<Uint8Array | undefined> {
  try {
    const unpacked = Buffer.alloc(entry.uncompressedSize);
    const content = await zip.openReadStreamPromise(entry);
    let length = 0;
    // The stream itself fails as soon as it is longer than announced, and at its end if it is shorter.
    for await (const chunk of content as AsyncIterable<Buffer>) length += chunk.copy(unpacked, length);
    return crc32(unpacked) === entry.crc32 ? unpacked : undefined;
  } catch {
    return undefined;
  }
}

/** What a web server or a mail program has put behind the end of an archive does no harm, but yauzl would refuse it. */
function withoutAppendix(archive: Uint8Array): Buffer {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const at = bytes.lastIndexOf(DIRECTORY_END, bytes.length - DIRECTORY_END_LENGTH);
  if (at < bytes.length - DIRECTORY_END_LENGTH - LONGEST_COMMENT || at < 0) return bytes;
  return bytes.subarray(0, at + DIRECTORY_END_LENGTH + bytes.readUInt16LE(at + DIRECTORY_END_LENGTH - 2));
}

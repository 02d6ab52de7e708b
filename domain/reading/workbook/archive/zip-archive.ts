import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

/** The entry of one file in the directory of an archive. It may lie. */
export interface ZipEntry {
  name: string;
  isEncrypted: boolean;
  packedSize: number;
  size: number;
  /** Unpacks the file piece by piece. Throws where its length or checksum is not the announced one. */
  read: () => AsyncGenerator<Buffer>;
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

/** Notes that nothing reads take up forty times the memory of the archive in a hostile directory. */
const withoutNotes = (entry: Entry): Entry => Object.assign(entry, { extraFields: [], fileComment: '', comment: '' });

const toZipEntry = (zip: ZipFile, entry: Entry): ZipEntry => ({
  name: entry.fileName,
  isEncrypted: entry.isEncrypted(),
  packedSize: entry.compressedSize,
  size: entry.uncompressedSize,
  read: () => readEntry(zip, entry),
});

async function* readEntry(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let checksum = 0;
  // The stream itself fails as soon as it is longer than announced, and at its end if it is shorter.
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (checksum !== entry.crc32) throw new Error(`The checksum of ${entry.fileName} is wrong`);
}

/** Web servers and mail programs put harmless bytes behind the end of an archive, which yauzl would reject. */
function withoutAppendix(archive: Uint8Array): Buffer {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const at = bytes.lastIndexOf(DIRECTORY_END, bytes.length - DIRECTORY_END_LENGTH);
  if (at < bytes.length - DIRECTORY_END_LENGTH - LONGEST_COMMENT || at < 0) return bytes;
  return bytes.subarray(0, at + DIRECTORY_END_LENGTH + bytes.readUInt16LE(at + DIRECTORY_END_LENGTH - 2));
}

const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const ENCRYPTED = 1;

/** Writes something else about one file of an archive than is true, into its own header and into the directory. */
export function lieAbout(
  archive: Uint8Array,
  name: string,
  { size, isEncrypted = false }: { size?: number; isEncrypted?: boolean },
): Uint8Array {
  const bytes = Buffer.from(archive);
  let lies = 0;
  for (let at = bytes.indexOf('PK'); at >= 0 && at + 4 <= bytes.length; at = bytes.indexOf('PK', at + 1)) {
    const signature = bytes.readUInt32LE(at);
    const isEntry = signature === DIRECTORY_ENTRY;
    if (!isEntry && signature !== LOCAL_HEADER) continue;
    // The same fields stand in both headers, two bytes further in the directory.
    const [nameAt, shift] = isEntry ? [at + 46, 2] : [at + 30, 0];
    const nameLength = bytes.readUInt16LE(at + 26 + shift);
    if (bytes.toString('utf8', nameAt, nameAt + nameLength) !== name) continue;
    if (isEncrypted) bytes.writeUInt16LE(bytes.readUInt16LE(at + 6 + shift) | ENCRYPTED, at + 6 + shift);
    if (size !== undefined) bytes.writeUInt32LE(size, at + 22 + shift);
    lies++;
  }
  if (lies !== 2) throw new Error(`"${name}" has ${lies} headers in the archive instead of 2`);
  return bytes;
}

/** Changes one byte in the packed content of a file, by its place in there. */
export function damage(archive: Uint8Array, name: string, offset: number): Uint8Array {
  const bytes = Buffer.from(archive);
  const at = bytes.indexOf(name) - 30;
  if (at < 0 || bytes.readUInt32LE(at) !== LOCAL_HEADER) throw new Error(`"${name}" is not in the archive`);
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  bytes[start + offset]! ^= 0xff;
  return bytes;
}

import { formatCount, otherKind, tooLarge } from './workbook-error';
import { listEntries } from './zip-archive';
import type { ZipEntry } from './zip-archive';

const MEGABYTE = 1024 * 1024;
const MAX_ENTRIES = 2000;
/** Even a sheet of a hundred thousand blank rows is packed to no less than this part of it. */
const MAX_RATIO = 200;
const RATIO_MATTERS_FROM = 2 * MEGABYTE;

export const USUAL_WORKBOOK_PART = 'xl/workbook.xml';
export const PACKAGE_RELATIONSHIPS = '_rels/.rels';

/** Other kinds of ZIP archives, each by a file that only such an archive has. */
const OTHER_ARCHIVES: readonly { holds: RegExp; what: string }[] = [
  { holds: /^xl\/workbook\.bin$/, what: 'a binary Excel workbook (.xlsb)' },
  { holds: /^word\//, what: 'a Word document (.docx)' },
  { holds: /^ppt\//, what: 'a PowerPoint presentation (.pptx)' },
  { holds: /^Index(?:\.zip$|\/)/, what: 'a document of Apple Numbers, Pages or Keynote' },
  { holds: /^content\.xml$/, what: 'an OpenDocument file, such as an .ods of LibreOffice' },
];

/** The files of a workbook. Only those that cells are read from count against the limits; others are never unpacked. */
export class WorkbookParts {
  private readonly exact = new Map<string, ZipEntry>();
  private readonly anyCase = new Map<string, ZipEntry>();
  private readonly taken = new Set<ZipEntry>();

  constructor(
    entries: readonly ZipEntry[],
    private readonly maxUnpackedBytes: number,
  ) {
    for (const entry of entries) {
      this.exact.set(entry.name, entry);
      this.anyCase.set(entry.name.toLowerCase(), entry);
    }
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  /** The part to be read. Throws a `WorkbookError` where it is encrypted, or all parts read so far are too large with it. */
  get(name: string): ZipEntry | undefined {
    const part = this.find(name);
    if (!part) return undefined;
    if (part.isEncrypted) throw otherKind('a workbook that is protected by a password');
    this.taken.add(part);
    const parts = [...this.taken];
    const size = sum(parts.map((one) => one.size));
    if (size > this.maxUnpackedBytes)
      throw tooLarge(`unpacked it has more than ${Math.round(this.maxUnpackedBytes / MEGABYTE)} MB`);
    if (size > RATIO_MATTERS_FROM && size > sum(parts.map((one) => one.packedSize)) * MAX_RATIO)
      throw tooLarge('unpacked it is far larger than packed');
    return part;
  }

  /** Programs refer to parts in any letter case, and with or without the escapes of an address. */
  private find(name: string): ZipEntry | undefined {
    return this.exact.get(name) ?? this.anyCase.get(name.toLowerCase()) ?? this.anyCase.get(unescaped(name));
  }
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name).toLowerCase();
  } catch {
    return name;
  }
}

/** Finds the parts of a workbook without unpacking any. Throws a `WorkbookError` where it is another archive or has too many. */
export async function openWorkbook(archive: Uint8Array, maxUnpackedBytes: number): Promise<WorkbookParts> {
  const entries = await listEntries(archive, MAX_ENTRIES);
  if (entries === undefined) throw new Error('The directory of the archive cannot be read');
  if (entries === 'too-many') throw tooLarge(`it is an archive of more than ${formatCount(MAX_ENTRIES)} files`);
  const parts = new WorkbookParts(entries, maxUnpackedBytes);
  if (!parts.has(USUAL_WORKBOOK_PART)) {
    const what = nameArchive(entries);
    if (what !== NOT_A_WORKBOOK || !parts.has(PACKAGE_RELATIONSHIPS)) throw otherKind(what);
  }
  return parts;
}

export const NOT_A_WORKBOOK = 'a ZIP file, but not an Excel workbook';

const nameArchive = (entries: readonly ZipEntry[]): string =>
  OTHER_ARCHIVES.find(({ holds }) => entries.some(({ name }) => holds.test(name)))?.what ??
  (entries.length === 0 ? 'an empty ZIP file' : NOT_A_WORKBOOK);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

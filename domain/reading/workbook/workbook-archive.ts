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
/** The parts of a workbook that cells are read from. Anything else in the archive is never unpacked. */
const PARTS =
  /^(?!.*(?:theme|drawing|chart|media|pivot|comment|externalLink|calcChain|printerSettings|docProps|customXml)).*\.(?:xml|rels)$/i;

/** Other kinds of ZIP archives, each by a file that only such an archive has. */
const OTHER_ARCHIVES: readonly { holds: RegExp; what: string }[] = [
  { holds: /^xl\/workbook\.bin$/, what: 'a binary Excel workbook (.xlsb)' },
  { holds: /^word\//, what: 'a Word document (.docx)' },
  { holds: /^ppt\//, what: 'a PowerPoint presentation (.pptx)' },
  { holds: /^Index(?:\.zip$|\/)/, what: 'a document of Apple Numbers, Pages or Keynote' },
  { holds: /^content\.xml$/, what: 'an OpenDocument file, such as an .ods of LibreOffice' },
];

/** The parts of a workbook by their names in lower case: programs refer to them in any. */
export type WorkbookParts = ReadonlyMap<string, ZipEntry>;

/** Finds the parts of a workbook without unpacking any. Throws a `WorkbookError` where it is another archive or too large. */
export async function openWorkbook(archive: Uint8Array, maxUnpackedBytes: number): Promise<WorkbookParts> {
  const entries = await listEntries(archive, MAX_ENTRIES);
  if (entries === undefined) throw new Error('The directory of the archive cannot be read');
  if (entries === 'too-many') throw tooLarge(`it is an archive of more than ${formatCount(MAX_ENTRIES)} files`);
  const wanted = entries.filter(({ name }) => PARTS.test(name));
  const parts = new Map(wanted.map((entry) => [entry.name.toLowerCase(), entry]));
  if (!parts.has(USUAL_WORKBOOK_PART)) {
    const what = nameArchive(entries);
    if (what !== NOT_A_WORKBOOK || !parts.has(PACKAGE_RELATIONSHIPS)) throw otherKind(what);
  }
  if (wanted.some(({ isEncrypted }) => isEncrypted)) throw otherKind('a workbook that is protected by a password');
  const size = sum(wanted.map((entry) => entry.size));
  const packedSize = sum(wanted.map((entry) => entry.packedSize));
  if (size > maxUnpackedBytes)
    throw tooLarge(`unpacked it has more than ${Math.round(maxUnpackedBytes / MEGABYTE)} MB`);
  if (size > RATIO_MATTERS_FROM && size > packedSize * MAX_RATIO)
    throw tooLarge('unpacked it is far larger than packed');
  return parts;
}

export const NOT_A_WORKBOOK = 'a ZIP file, but not an Excel workbook';

const nameArchive = (entries: readonly ZipEntry[]): string =>
  OTHER_ARCHIVES.find(({ holds }) => entries.some(({ name }) => holds.test(name)))?.what ??
  (entries.length === 0 ? 'an empty ZIP file' : NOT_A_WORKBOOK);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

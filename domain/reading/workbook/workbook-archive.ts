import type { CellProblem } from '../../../contract/problem';
import { fileProblem } from '../../problems/make-problem';
import { listEntries } from './zip-archive';
import type { ZipEntry } from './zip-archive';

const MEGABYTE = 1024 * 1024;
const MAX_ENTRIES = 2000;
const MAX_UNPACKED = 30 * MEGABYTE;
/** Even a sheet of a hundred thousand blank rows is packed to no less than this part of it. */
const MAX_RATIO = 200;
const RATIO_MATTERS_FROM = 2 * MEGABYTE;

/** The parts of a workbook that cells are read from. What else lies in the archive is never unpacked. */
const PARTS =
  /^xl\/(?!.*(?:theme|drawing|chart|media|pivot|comment|externalLink|calcChain|printerSettings)).*\.(?:xml|rels)$/i;

/** What else a ZIP archive is, by a file that only such an archive has. */
const OTHER_ARCHIVES: readonly { holds: RegExp; what: string }[] = [
  { holds: /^xl\/workbook\.bin$/, what: 'a binary Excel workbook (.xlsb)' },
  { holds: /^word\//, what: 'a Word document (.docx)' },
  { holds: /^ppt\//, what: 'a PowerPoint presentation (.pptx)' },
  { holds: /^Index(?:\.zip$|\/)/, what: 'a document of Apple Numbers, Pages or Keynote' },
  { holds: /^content\.xml$/, what: 'an OpenDocument file, such as an .ods of LibreOffice' },
];

export type Workbook = { ok: true; parts: Map<string, Uint8Array> } | { ok: false; problem: CellProblem };

/** Unpacks what is needed of a workbook, within limits, and sees to it that it is one. */
export async function openWorkbook(archive: Uint8Array): Promise<Workbook> {
  const entries = await listEntries(archive, MAX_ENTRIES);
  if (entries === undefined) return refuse(fileProblem('file.damaged-workbook'));
  if (entries === 'too-many') return tooLarge(`it is an archive of more than ${count(MAX_ENTRIES)} files`);
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) {
    return refuse(fileProblem('file.not-a-csv', { what: nameArchive(entries) }));
  }
  const wanted = entries.filter(({ name }) => PARTS.test(name));
  if (wanted.some(({ isEncrypted }) => isEncrypted)) {
    return refuse(fileProblem('file.not-a-csv', { what: 'a workbook that is protected by a password' }));
  }
  const size = sum(wanted.map((entry) => entry.size));
  const packedSize = sum(wanted.map((entry) => entry.packedSize));
  if (size > MAX_UNPACKED) return tooLarge(`unpacked it has more than ${MAX_UNPACKED / MEGABYTE} MB`);
  if (size > RATIO_MATTERS_FROM && size > packedSize * MAX_RATIO)
    return tooLarge('unpacked it is far larger than packed');

  const parts = new Map<string, Uint8Array>();
  for (const entry of wanted) {
    const part = await entry.unpack();
    if (!part) return refuse(fileProblem('file.damaged-workbook'));
    parts.set(entry.name, part);
  }
  return { ok: true, parts };
}

const nameArchive = (entries: readonly ZipEntry[]): string =>
  OTHER_ARCHIVES.find(({ holds }) => entries.some(({ name }) => holds.test(name)))?.what ??
  (entries.length === 0 ? 'an empty ZIP file' : 'a ZIP file, but not an Excel workbook');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const count = (number: number): string => number.toLocaleString('en');

const refuse = (problem: CellProblem): Workbook => ({ ok: false, problem });

const tooLarge = (reason: string): Workbook => refuse(fileProblem('file.workbook-too-large', { reason }));

import type { CellProblem } from '../contract/problem';
import { CLIENT_COLUMNS, columnKeyOf, columnLetter, isStaffHeader } from './columns';
import type { ColumnKey } from './columns';
import { DELIMITERS, readFirstRecord } from './csv-records';
import type { Delimiter } from './csv-records';
import { fileProblem, shorten } from './make-problem';

const MAX_COLUMNS = 1000;
const MAX_HEADERS_NAMED = 12;

export interface HeaderColumn {
  key: ColumnKey;
  /** As it reads in the file, and the letter of its place there. */
  header: string;
  letter: string;
  index: number;
}

export type Header = { ok: true; columns: HeaderColumn[]; width: number } | { ok: false; problems: CellProblem[] };

/** The delimiter that gives most headers we know: guessing by frequency fails on files of one column or few rows. */
export function chooseDelimiter(bytes: Uint8Array): Delimiter {
  let best: { delimiter: Delimiter; known: number } = { delimiter: DELIMITERS[0], known: 0 };
  for (const delimiter of DELIMITERS) {
    const headers = readFirstRecord(bytes, delimiter) ?? [];
    const known = headers.filter((header) => columnKeyOf(header) !== undefined || isStaffHeader(header)).length;
    if (known > best.known) best = { delimiter, known };
  }
  return best.delimiter;
}

/** Which column of the file is which, or everything that is wrong with its header. `width` ends at the last header. */
export function readHeader(record: readonly string[]): Header {
  const width = record.findLastIndex((header) => header.trim() !== '') + 1;
  const headers = record.slice(0, width).map((header) => header.trim());
  if (width > MAX_COLUMNS) {
    return { ok: false, problems: [fileProblem('file.not-a-csv', { what: `a table of ${width} columns` })] };
  }
  const staff = headers.findIndex(isStaffHeader);
  if (staff >= 0) return { ok: false, problems: [inColumn('file.staff-template', headers, staff)] };

  const columns: HeaderColumn[] = [];
  const problems: CellProblem[] = [];
  headers.forEach((header, index) => {
    const key = columnKeyOf(header);
    if (key === undefined) return;
    const first = columns.find((column) => column.key === key);
    if (first) problems.push(inColumn('file.duplicate-column', headers, index, { first: first.letter }));
    else columns.push({ key, header: shorten(header), letter: columnLetter(index), index });
  });
  for (const { key, header, required } of CLIENT_COLUMNS) {
    if (!required || columns.some((column) => column.key === key)) continue;
    problems.push({ ...fileProblem('file.missing-column', { found: nameHeaders(headers) }), column: header });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, columns, width };
}

function inColumn(
  code: 'file.staff-template' | 'file.duplicate-column',
  headers: readonly string[],
  index: number,
  details?: CellProblem['details'],
): CellProblem {
  const header = shorten(headers[index] ?? '');
  return { ...fileProblem(code, details), column: header, letter: columnLetter(index), value: header };
}

function nameHeaders(headers: readonly string[]): string {
  const names = headers.filter((header) => header !== '').map(withoutPersonalData);
  const more = names.length > MAX_HEADERS_NAMED ? ', …' : '';
  return names.slice(0, MAX_HEADERS_NAMED).join(', ') + more;
}

/** In a file that has no header, its first client stands in the place of one. */
const withoutPersonalData = (header: string): string => (/@|\d{5}/.test(header) ? '…' : shorten(header));

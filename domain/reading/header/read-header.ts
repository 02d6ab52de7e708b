import type { CellProblem } from '../../../contract/problem';
import { columnLetter, columnsOf } from '../../columns';
import { tidyCell } from '../../formula-guard';
import type { ColumnKey } from '../../columns';
import type { UnclearHeader } from './columns-question';
import { findOurColumns, withoutGuards } from './failed-rows-columns';
import type { FailedRowsColumns } from './failed-rows-columns';
import type { ImportKind } from '../../../contract/import';
import type { HeaderOptions } from './header-aliases';
import { createHeaderLookup } from './header-meaning';
import type { HeaderMeaning } from './header-meaning';
import { fileProblem, shorten } from '../../problems/make-problem';
import { findMissing, nameHeaders } from './missing-columns';
import { resolveMapping } from './resolve-mapping';
import type { TableColumn } from '../../table';
import { recogniseOtherFirstRow } from './wrong-first-row';

const MAX_COLUMNS = 1000;

export interface HeaderColumn extends TableColumn {
  index: number;
}

export interface Header {
  /** The whole row, our own columns included. */
  record: readonly string[];
  columns: HeaderColumn[];
  /** Indexes of the admin's columns that have a header and are not read. */
  unknown: number[];
  /** The number of columns up to the last header of the admin's own. */
  width: number;
  ours: FailedRowsColumns | undefined;
  warnings: CellProblem[];
}

/** A header that is `unclear` may be readable with a mapping. */
export type ReadHeader = { ok: true; header: Header } | { ok: false; problems: CellProblem[]; unclear?: UnclearHeader };

/** The rank of a column that the administrator has named, before any that a heading gives. */
const MAPPED = -1;

interface Candidate extends HeaderMeaning {
  index: number;
}

/** Finds the known columns of a file, or all problems of its header. `line` is the header's row. */
export function readHeader(record: readonly string[], line: number, options: HeaderOptions): ReadHeader {
  const ours = findOurColumns(record);
  const unguarded = ours ? withoutGuards(record, ours) : record;
  const headers = unguarded.map((header, index) => (ours?.indexes.has(index) ? '' : tidyCell(header)));
  const width = headers.findLastIndex((header) => header !== '') + 1;
  if (width > MAX_COLUMNS) return reject(fileProblem('file.not-a-csv', { what: `a table of ${width} columns` }));

  const { kind, aliases, mapping } = options;
  const isOurs = (index: number): boolean => ours?.indexes.has(index) ?? false;
  const lookup = createHeaderLookup(kind, aliases);
  const mapped = resolveMapping(headers, mapping ?? {}, kind, isOurs);
  const candidates = headers.flatMap((header, index): Candidate[] => {
    const key = mapped.columns.get(index);
    const meaning = key ? { key, rank: MAPPED } : lookup(header);
    return meaning ? [{ ...meaning, index }] : [];
  });
  const isFound = (key: ColumnKey): boolean => candidates.some((candidate) => candidate.key === key);
  // A mapping makes no heading of a person.
  const isTold = (key: ColumnKey): boolean => headers.some((header) => lookup(header)?.key === key);
  const otherRow = recogniseOtherFirstRow(headers, line, { isFound, isTold }, options);
  if (otherRow) return reject(otherRow);

  const { chosen, problems, warnings } = choose(candidates, headers, kind);
  const meant = new Set(candidates.map(({ index }) => index));
  const unknown = headers.flatMap((header, index) => (header !== '' && !meant.has(index) ? [index] : []));
  const tied = new Set(
    problems.flatMap(({ details }) => columnsOf(kind).find(({ header }) => header === details?.meaning)?.key ?? []),
  );
  const failed = mapped.problems.length > 0 ? Object.keys(mapping ?? {}) : [];
  const wanted = columnsOf(kind).flatMap(({ key, required }) => {
    const isMissing = required && !isFound(key) && !(key === 'group' && options.hasDefaultTeam);
    return isMissing || tied.has(key) || failed.includes(key) ? [key] : [];
  });
  problems.push(...findMissing(headers, unknown, isFound, options), ...mapped.problems);
  if (problems.length > 0) {
    const known = new Map(candidates.map(({ index, key }) => [index, key]));
    return { ok: false, problems, unclear: { kind, aliases, line, headers, ours, known, wanted } };
  }
  const columns = chosen.map(({ key, index }) => ({ key, ...placeOf(headers, index), index }));
  const end = unguarded.findLastIndex((header) => header !== '') + 1;
  return { ok: true, header: { record: unguarded.slice(0, end), columns, unknown, width, ours, warnings } };
}

/** Chooses the clearest header for each column. Two that are equally clear are a problem. */
function choose(candidates: readonly Candidate[], headers: readonly string[], kind: ImportKind) {
  const chosen: Candidate[] = [];
  const problems: CellProblem[] = [];
  const warnings: CellProblem[] = [];
  for (const candidate of candidates) {
    const rivals = candidates.filter(({ key }) => key === candidate.key);
    const best = rivals.reduce((a, b) => (b.rank < a.rank ? b : a));
    if (candidate === best) {
      chosen.push(candidate);
      continue;
    }
    const isTie = candidate.rank === best.rank;
    const { header, letter } = placeOf(headers, candidate.index);
    const first = placeOf(headers, best.index);
    const meaning = columnsOf(kind).find(({ key }) => key === candidate.key)?.header ?? header;
    const details = { meaning, first: first.letter, firstHeader: first.header };
    const problem = fileProblem(isTie ? 'file.duplicate-column' : 'file.second-column', details);
    (isTie ? problems : warnings).push({ ...problem, column: header, letter, value: header });
  }
  return { chosen, problems, warnings };
}

const placeOf = (headers: readonly string[], index: number): Pick<TableColumn, 'header' | 'letter'> => ({
  header: shorten(headers[index] ?? ''),
  letter: columnLetter(index),
});

const reject = (problem: CellProblem): ReadHeader => ({ ok: false, problems: [problem] });

/** Makes one warning that names all columns of a file that are not read. */
export function unreadColumns(
  header: Header,
  { filledUnnamed }: { filledUnnamed: ReadonlySet<number> },
): CellProblem[] {
  const filled = unnamedColumns(header).filter((index) => filledUnnamed.has(index));
  const unnamed = filled.map((index) => `column ${columnLetter(index)} (without a header)`);
  const names = [...header.unknown.map((index) => header.record[index]!.trim()), ...unnamed];
  return names.length > 0 ? [fileProblem('file.unknown-column', { names: nameHeaders(names) })] : [];
}

/** The indexes of the columns without a header among those with one. */
export const unnamedColumns = ({ record, width, ours }: Header): number[] =>
  record.slice(0, width).flatMap((cell, index) => (cell.trim() === '' && !ours?.indexes.has(index) ? [index] : []));

import type { ImportKind } from '../../contract/import';
import { IMPORT_KINDS } from '../../contract/import';
import type { CellProblem } from '../../contract/problem';
import type { Choices, Question } from '../../contract/question';
import { setImmediate as turn } from 'node:timers/promises';
import { CellsSeen } from './cells-seen';
import { columnLetter } from '../columns';
import { ListBuilder, listFrom, mapList } from '../long-list';
import type { List } from '../long-list';
import type { ColumnKey } from '../columns';
import { askForColumns } from './header/columns-question';
import { divideColumn } from './csv/divide-column';
import {
  correctedImportOf,
  correctedLineOf,
  importIdIn,
  isOurHeader,
  withoutGuards,
  withoutOurs,
} from './header/failed-rows-columns';
import type { FailedRowsColumns } from './header/failed-rows-columns';
import { isZip } from './file-kind';
import { findHeaderRow } from './header/find-header-row';
import { isBlank } from './grid';
import type { Grid } from './grid';
import type { HeaderAliases } from './header/header-aliases';
import { createHeaderLookup } from './header/header-meaning';
import { fileProblem, shorten } from '../problems/make-problem';
import { findHidden } from './hidden-parts';
import { readCsv } from './csv/read-csv';
import { readHeader, unreadColumns } from './header/read-header';
import type { Header, HeaderColumn, ReadHeader } from './header/read-header';
import { withMapping } from './header/resolve-mapping';
import { readWorkbook } from './workbook/read-workbook';
import type { ReadTable, TableColumn, TableRow } from '../table';

/**
 * Blank rows among the people that are still read over. A row of unusual length costs the parser a hundred times
 * a usual one, so an upload of nothing but odd rows must not be parsed to its end.
 */
const BLANK_ROWS_ALLOWED = 4_000;
/** Others get their turn after so many rows of a long file. */
const ROWS_A_TURN = 2_000;

export interface ReadOptions extends Pick<Choices, 'hiddenRows' | 'hiddenColumns' | 'mapping' | 'sheet'> {
  kind: ImportKind;
  maxRows: number;
  /** Rows that are held as objects, if not as many as usual. */
  mostHeld?: number;
  /** The name that the upload gave; without one it is detected. */
  encoding?: string | null;
  /** The organisation's default country, by which a guess of the encoding may be sure enough. */
  defaultCountry?: string | null;
  /** The organisation's own headers. */
  headerAliases?: HeaderAliases;
  /** Whether a file may lack the column of the client team. */
  hasDefaultTeam?: boolean;
}

/**
 * Reads a file of people, CSV or workbook. Never throws for its content: files that cannot be such a table come back as
 * problems. Blank rows are left out and still count in the line numbers of those below.
 */
export async function readTable(bytes: Uint8Array, options: ReadOptions): Promise<ReadTable> {
  const { encoding = null, sheet = null, headerAliases = {}, mapping, mostHeld } = options;
  const maxRecords = options.maxRows + BLANK_ROWS_ALLOWED;
  const isKnownHeader = knownHeaders(withMapping(headerAliases, mapping));
  const held = mostHeld === undefined ? {} : { mostHeld };
  const read = isZip(bytes)
    ? await readWorkbook(bytes, { maxPeople: options.maxRows, maxRecords, isKnownHeader, sheet, ...held })
    : await readCsv(bytes, { encoding, country: options.defaultCountry ?? null, maxRecords, isKnownHeader, ...held });
  const divided = read.ok ? divideColumn(read.grid, isKnownHeader) : read;
  return divided.ok ? toTable(divided.grid, isKnownHeader, options) : divided;
}

/** Knows the headers of both templates, so that a file of the wrong kind gets a message that says so. */
function knownHeaders(aliases: HeaderAliases): (header: string) => boolean {
  const lookups = IMPORT_KINDS.map((kind) => createHeaderLookup(kind, aliases));
  return (header) => isOurHeader(header) || lookups.some((lookup) => lookup(header) !== undefined);
}

async function toTable(
  {
    layout,
    records: stored,
    filledRows,
    hiddenRows,
    hiddenColumns,
    warnings: warningsOfGrid,
    questions: ofGrid = [],
    otherSheets,
    doubtful,
  }: Grid,
  isKnownHeader: (header: string) => boolean,
  options: ReadOptions,
): Promise<ReadTable> {
  const { kind, maxRows, headerAliases: aliases = {}, hasDefaultTeam = false, mapping = null } = options;
  const headerRow = findHeaderRow(stored, isKnownHeader, { kind, aliases: withMapping(aliases, mapping) });
  if (!headerRow) return reject(filledRows ? MOSTLY_BLANK : fileProblem('file.empty'), warningsOfGrid);
  const { index: headerIndex, titles } = headerRow;
  const titleWarnings = titles > 0 ? [fileProblem('file.title-above-header', { line: headerIndex + 1 })] : [];
  const warnings = [...warningsOfGrid, ...titleWarnings];
  const read = readHeader(headerRow.record, headerIndex + 1, { kind, aliases, hasDefaultTeam, mapping });
  if (!read.ok) {
    const below = listFrom(stored, headerIndex + 1);
    const problems = [...read.problems, ...warnings];
    return { ok: false, problems, ...askInstead(read, below, [...ofGrid, ...(otherSheets ? [otherSheets] : [])]) };
  }

  const { header } = read;
  const records = withoutOldContacts(stored, doubtful, header);
  const rows = new ListBuilder<TableRow>(options.mostHeld);
  const skipped = options.hiddenColumns === 'skip' ? hiddenColumns : undefined;
  const { ours } = header;
  const seen = new CellsSeen(header, { hiddenRows: options.hiddenRows ?? null, hiddenColumns });
  let index = -1;
  for (const stored of records) {
    index++;
    if (index <= headerIndex) continue;
    if (index % ROWS_A_TURN === 0) await turn();
    const record = ours ? withoutGuards(stored, ours) : stored;
    if (isBlank(ours ? withoutOurs(record, ours) : record)) continue;
    const row = toRow(record, index + 1, header, skipped);
    if (hiddenRows?.has(index)) row.isHidden = true;
    seen.add(record, row);
    rows.push(row);
  }
  const people = filledRows === undefined ? rows.length : filledRows - titles - 1;
  const list = rows.list();
  const hasHiddenRows = hiddenRows !== undefined && hiddenRows.size > 0;
  const hidden = findHidden(list, seen, header.columns, { ...options, hasDefaultTeam, hasHiddenRows });
  if (people > maxRows) {
    // It may be a filtered list of which only a part is meant.
    return reject(fileProblem('file.too-many-rows', { rows: people, limit: maxRows }), hidden.warnings);
  }
  if (filledRows !== undefined) return reject(MOSTLY_BLANK);
  if (rows.length === 0) return reject(fileProblem('file.no-rows'), warnings);
  const questions = [...ofGrid, ...hidden.questions];
  return {
    ok: true,
    table: {
      layout,
      headers: ours ? withoutOurs(header.record, ours) : header.record,
      columns: header.columns.map(withoutIndex),
      rows: list,
      warnings: [...warnings, ...seen.garbled, ...header.warnings, ...unreadColumns(header, seen), ...hidden.warnings],
      ...(questions.length > 0 && { questions }),
      ...(ours && correctedImportOf(seen.importIds)),
    },
  };
}

/** What the administrator can still tell of a file whose headings say too little. */
function askInstead(
  { unclear, problems }: Extract<ReadHeader, { ok: false }>,
  below: List<readonly string[]>,
  ofGrid: readonly Question[],
): Pick<Extract<ReadTable, { ok: false }>, 'questions' | 'corrects'> {
  const isUnusable = problems.some(({ code }) => code === 'file.mapping-unusable');
  const columns = unclear && askForColumns(unclear, below, isUnusable);
  const isSheetAsked = ofGrid.some(({ kind }) => kind === 'sheet');
  if (!columns && !isSheetAsked) return {};
  const { ours } = unclear ?? {};
  return {
    questions: [...ofGrid, ...(columns ? [columns] : [])],
    ...(ours && correctedImportOf(new Set(importIdsIn(below, ours)))),
  };
}

function* importIdsIn(records: Iterable<readonly string[]>, ours: FailedRowsColumns): Generator<string> {
  for (const record of records) {
    const id = importIdIn(record, ours);
    if (id !== '') yield id;
  }
}

const MOSTLY_BLANK = fileProblem('file.not-a-csv', {
  what: `a table with more than ${BLANK_ROWS_ALLOWED.toLocaleString('en')} blank rows above or between the others`,
});

/** Whom a message reaches and what it calls them is never taken from a formula whose result may be an old one. */
function withoutOldContacts(records: List<string[]>, doubtful: Grid['doubtful'], { columns }: Header): List<string[]> {
  if (!doubtful?.size) return records;
  const contacts = new Set(columns.filter(({ key }) => CONTACT_KEYS.has(key)).map(({ index }) => index));
  return mapList(records, (record, i) => {
    const cells = doubtful.get(i);
    return cells ? record.map((cell, j) => (cells.includes(j) && contacts.has(j) ? '' : cell)) : record;
  });
}

const CONTACT_KEYS: ReadonlySet<ColumnKey> = new Set(['firstName', 'lastName', 'email', 'mobile']);

function toRow(
  record: readonly string[],
  line: number,
  header: Header,
  skipped: ReadonlySet<number> | undefined,
): TableRow {
  const { columns, width, ours } = header;
  const cells: TableRow['cells'] = {};
  for (const { key, index } of columns) cells[key] = skipped?.has(index) ? '' : (record[index] ?? '');
  const excess =
    record.length <= width
      ? -1
      : record.findIndex((cell, index) => index >= width && cell.trim() !== '' && !ours?.indexes.has(index));
  return {
    line,
    cells,
    raw: rawOf(record, header),
    ...(excess >= 0 && { excess: { letter: columnLetter(excess), value: shorten(record[excess]!.trim()) } }),
    ...(ours && correctedLineOf(record, ours)),
  };
}

/** Cells beyond the header are kept up to the last filled one. */
function rawOf(record: readonly string[], { record: headers, ours }: Header): readonly string[] {
  const end = record.length <= headers.length ? -1 : record.findLastIndex((cell) => cell !== '') + 1;
  const kept = end < 0 ? record : record.slice(0, Math.max(end, headers.length));
  return ours ? withoutOurs(kept, ours) : kept;
}

const withoutIndex = ({ key, header, letter }: HeaderColumn): TableColumn => ({ key, header, letter });

const reject = (problem: CellProblem, warnings: readonly CellProblem[] = []): ReadTable => ({
  ok: false,
  problems: [problem, ...warnings],
});

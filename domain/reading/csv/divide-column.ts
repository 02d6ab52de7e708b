import type { CellProblem } from '../../../contract/problem';
import { readRecords } from './csv-records';
import { indexIn, mapList } from '../../long-list';
import { isBlank, LEADING_ROWS, leadingRecords, rejectGrid, SURELY_A_HEADER } from '../grid';
import type { Grid, ReadGrid } from '../grid';
import { fileProblem } from '../../problems/make-problem';
import { DELIMITERS } from '../../table';
import type { Delimiter } from '../../table';

type IsKnownHeader = (header: string) => boolean;

const NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/**
 * Divides rows that a spreadsheet program has put whole into its first column, as it does with a file of another
 * delimiter, and has saved so. Every row keeps its place.
 */
export function divideColumn(grid: Grid, isKnownHeader: IsKnownHeader): ReadGrid {
  const { records, layout } = grid;
  const leading = leadingRecords(records);
  const header = leading.find(({ record }) => countKnown(record, isKnownHeader) >= SURELY_A_HEADER);
  if (header) return { ok: true, grid: layout.format === 'csv' ? divideLoneCells(grid, header.index) : grid };

  const inOneColumn = leading.filter(({ record }) => isInOneColumn(record));
  const divisions = inOneColumn.map(({ index, record }) => ({ index, ...bestDivision(record[0]!, isKnownHeader) }));
  const best = divisions.find(({ known }) => known >= SURELY_A_HEADER);
  if (best) return { ok: true, grid: divideFrom(grid, best.index, best.delimiter) };
  const [first] = divisions;
  return first && first.index === leading[0]?.index && first.known > 0
    ? rejectGrid(fileProblem('file.undivided-columns', { line: first.index + 1 }))
    : { ok: true, grid };
}

/** How many names of columns a row has, be it that they stand in one cell. */
export const countKnownHeaders = (record: readonly string[], isKnownHeader: IsKnownHeader): number =>
  isInOneColumn(record)
    ? Math.max(countKnown(record, isKnownHeader), bestDivision(record[0]!, isKnownHeader).known)
    : countKnown(record, isKnownHeader);

const countKnown = (cells: readonly string[], isKnownHeader: IsKnownHeader): number =>
  cells.filter(isKnownHeader).length;

const isInOneColumn = (record: readonly string[]): boolean =>
  record.length > 0 && record[0]!.trim() !== '' && isBlank(record.slice(1));

/** The division of a text that gives most names of columns; none of them where it cannot be divided. */
function bestDivision(text: string, isKnownHeader: IsKnownHeader): { delimiter: Delimiter; known: number } {
  return DELIMITERS.map((delimiter) => {
    const cells = divide(text, delimiter);
    return { delimiter, known: cells.length > 1 ? countKnown(cells, isKnownHeader) : 0 };
  }).reduce((a, b) => (b.known > a.known ? b : a));
}

function divideFrom(grid: Grid, from: number, delimiter: Delimiter): Grid {
  // The program ended cells inside of values that contain its delimiter.
  const taken = delimiter === ',' ? ';' : ',';
  const records = mapList(grid.records, (record, i) => {
    if (i < from || isBlank(record)) return record;
    return divide(record.slice(0, record.findLastIndex((cell) => cell !== '') + 1).join(taken), delimiter);
  });
  return { ...grid, records, warnings: [...grid.warnings, divided(from, delimiter)] };
}

/** A program that puts lines whole into cells puts quotation marks around those only that have some in them already. */
function divideLoneCells(grid: Grid, header: number): Grid {
  const { delimiter } = grid.layout;
  const isUndivided = (record: readonly string[], index: number): boolean =>
    index > header && record.length === 1 && divide(record[0]!, delimiter).length >= SURELY_A_HEADER;
  const first = indexIn(grid.records, isUndivided);
  if (first < 0) return grid;
  const records = mapList(grid.records, (record, i) =>
    isUndivided(record, i) ? divide(record[0]!, delimiter) : record,
  );
  return { ...grid, records, warnings: [...grid.warnings, divided(first, delimiter)] };
}

const divided = (index: number, delimiter: Delimiter): CellProblem =>
  fileProblem('file.one-column', { line: index + 1, delimiters: NAMES[delimiter] });

/** A text as one line of a CSV file. Where its quotation marks make no sense they are taken as they are. */
function divide(text: string, delimiter: Delimiter): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const read = readRecords(Buffer.from(text), delimiter, LEADING_ROWS);
  return read.ok && read.records.length === 1 ? read.records[0]! : text.split(delimiter);
}

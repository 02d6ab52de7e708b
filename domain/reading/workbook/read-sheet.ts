import { columnLetter } from '../../columns';
import { cellValue, UNSOLVED } from './cell-value';
import type { StoredCell } from './cell-value';
import { attributeOf, LongRunError, ownCopy, readXml } from './read-xml';
import { formatCount, tooLarge } from './workbook-error';
import type { ListedSheet, WorkbookContents } from './workbook-parts';

/** As many rows and columns as a sheet of Excel has. */
const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;
const CELL_REFERENCE = /^([A-Z]{1,3})([1-9]\d{0,6})$/;
const ROW_REFERENCE = /^[1-9]\d{0,6}$/;

export interface SheetLimits {
  /** Cells with something in them. */
  cells: number;
  rows: number;
  /** Rows times columns: a stray cell far away makes a table of mostly nothing. */
  area: number;
  /** Rows with something in them that are kept; those below are only counted. */
  keptRows: number;
}

export interface Sheet {
  name: string;
  /** From row 1 on and all of the same width. */
  records: string[][];
  /** Whether `records` end before the sheet does. */
  isCut: boolean;
  /** How many rows of the whole sheet have something in them. */
  filledRows: number;
  cells: number;
  /** The last row and column that have a cell. */
  lastRow: number;
  lastColumn: number;
  /** The first formula without a value. */
  unsolved?: { line: number; letter: string };
}

interface Row {
  line: number;
  cells: string[];
}

/**
 * Reads the cells of a sheet. Rows and cells may leave out their places: they then follow the one before. Cells that are
 * only coloured, of which there can be a million, move the place and are nothing else.
 */
export async function readSheet(
  { name, part }: ListedSheet,
  contents: WorkbookContents,
  limits: SheetLimits,
): Promise<Sheet> {
  const sheet: Sheet = { name, records: [], isCut: false, filledRows: 0, cells: 0, lastRow: 0, lastColumn: 0 };
  const place = { row: 0, column: 0, isRowNamed: false };
  const rows: Row[] = [];
  let width = 0;
  let hasData = false;
  let isInData = false;
  let isPhonetic = false;
  let row: string[] = [];
  let isRowFilled = false;
  let isNewRow = false;
  let lastColumnOfRow = 0;
  let cell: StoredCell | undefined;
  let reading: 'value' | 'inline' | undefined;

  const toRow = (reference: string | undefined): void => {
    if (reference !== undefined && !ROW_REFERENCE.test(reference)) throw new Error('The place of a row is invalid');
    Object.assign(place, { row: reference === undefined ? place.row + 1 : Number(reference), column: 0 });
    place.isRowNamed = reference !== undefined;
    isNewRow = true;
  };
  const toCell = (reference: string | undefined): void => {
    place.column++;
    if (reference === undefined) return;
    const [, letters, line] = CELL_REFERENCE.exec(reference) ?? [];
    if (letters === undefined || (place.isRowNamed && Number(line) !== place.row)) {
      throw new Error('The place of a cell is invalid');
    }
    Object.assign(place, { row: Number(line), column: columnNumber(letters), isRowNamed: true });
  };
  const beginCell = (type = 'n', style?: string): void => {
    const isBelow = isNewRow && place.row > sheet.lastRow;
    const isRight = !isNewRow && place.row === sheet.lastRow && place.column > lastColumnOfRow;
    if (!isBelow && !isRight) throw new Error('Cells are not in their order');
    isNewRow = false;
    lastColumnOfRow = place.column;
    sheet.cells++;
    sheet.lastRow = place.row;
    sheet.lastColumn = Math.max(sheet.lastColumn, place.column);
    cell = { type, style, hasFormula: false, value: undefined, inline: undefined };
  };
  const openInCell = (opened: StoredCell, tag: string): void => {
    if (tag === 'f') opened.hasFormula = true;
    if (tag === 'rPh') isPhonetic = true;
    if (tag === 'is') opened.inline = '';
    if (tag === 'v') opened.value = '';
    if (tag === 'v') reading = 'value';
    else reading = tag === 't' && opened.inline !== undefined && !isPhonetic ? 'inline' : undefined;
  };
  const endCell = (): void => {
    if (!cell) return;
    const { strings } = contents;
    if (cell.type === 's' && strings.maxCharacters !== undefined) {
      // The text was too long to be read, and those after it are not known.
      if (Number(cell.value) === strings.texts.length) throw longCell(place.row, strings.maxCharacters);
      if (Number(cell.value) > strings.texts.length) cell = undefined;
    }
    const value = cell ? cellValue(cell, contents) : '';
    cell = undefined;
    if (value === '') return;
    if (value === UNSOLVED) sheet.unsolved ??= { line: place.row, letter: columnLetter(place.column - 1) };
    width = Math.max(width, place.column);
    isRowFilled ||= value !== UNSOLVED && value.trim() !== '';
    sheet.isCut ||= isOverLimits();
    if (sheet.isCut) return;
    while (row.length < place.column - 1) row.push('');
    row.push(value === UNSOLVED ? '' : ownCopy(value));
  };
  const isOverLimits = (): boolean =>
    sheet.filledRows > limits.keptRows ||
    sheet.cells > limits.cells ||
    sheet.lastRow > limits.rows ||
    sheet.lastRow * sheet.lastColumn > limits.area;
  const endRow = (): void => {
    if (isRowFilled) sheet.filledRows++;
    if (row.length > 0 && !sheet.isCut) rows.push({ line: place.row, cells: row });
    isRowFilled = false;
    row = [];
  };

  await readXml(part, {
    open: (tag, attributes, isSelfClosing) => {
      if (tag === 'sheetData') hasData = isInData = true;
      if (!isInData) return;
      if (tag === 'row') toRow(attributeOf(attributes, 'r'));
      if (tag === 'c') toCell(attributeOf(attributes, 'r'));
      if (place.row > MAX_ROW || place.column > MAX_COLUMN) throw new Error('A place lies outside of every sheet');
      if (tag === 'c' && !isSelfClosing) beginCell(attributes.t, attributes.s);
      else if (cell) openInCell(cell, tag);
    },
    text: (piece) => {
      if (cell && reading) cell[reading] += piece;
    },
    close: (tag) => {
      reading = undefined;
      if (tag === 'rPh') isPhonetic = false;
      if (tag === 'c') endCell();
      if (tag === 'row') endRow();
      if (tag === 'sheetData') isInData = false;
    },
  }).catch((error: unknown) => {
    throw error instanceof LongRunError ? longCell(place.row, error.maxCharacters) : error;
  });
  if (!hasData) throw new Error('A sheet has no data');
  return { ...sheet, records: toRecords(rows, width) };
}

/** `row` is 0 where it is not known. */
export const longCell = (row: number, maxCharacters: number): Error =>
  tooLarge(
    `${row > 0 ? `a cell in row ${row}` : 'a cell of it'} has more than ${formatCount(maxCharacters)} characters`,
  );

function toRecords(rows: readonly Row[], width: number): string[][] {
  const blank = Array<string>(width).fill('');
  const records: string[][] = [];
  for (const { line, cells } of rows) {
    while (records.length < line - 1) records.push(blank);
    while (cells.length < width) cells.push('');
    records.push(cells);
  }
  return records;
}

function columnNumber(letters: string): number {
  let number = 0;
  for (let i = 0; i < letters.length; i++) number = number * 26 + letters.charCodeAt(i) - 64;
  return number;
}

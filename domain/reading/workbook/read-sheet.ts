import { columnLetter } from '../../columns';
import { CellPlace } from './cell-place';
import { hiddenColumnsOf, isHiddenRow } from './hidden';
import type { HiddenColumns } from './hidden';
import { cellValue, UNSOLVED } from './cell-value';
import type { StoredCell } from './cell-value';
import { attributeOf, LongRunError, ownCopy, readXml } from './read-xml';
import { formatCount, tooLarge } from './workbook-error';
import type { ListedSheet, WorkbookContents } from './workbook-parts';

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
  /** The indexes of filled rows and of columns that a person who looks at the sheet does not see. */
  hiddenRows: Set<number>;
  hiddenColumns: Set<number>;
  /** The first formula without a value. */
  unsolved?: { line: number; letter: string };
}

interface Row {
  line: number;
  cells: string[];
}

/**
 * Reads the cells of a sheet. Cells that are only coloured, of which there can be a million, move the place and are
 * nothing else.
 */
export async function readSheet(
  { name, part }: ListedSheet,
  contents: WorkbookContents,
  limits: SheetLimits,
): Promise<Sheet> {
  const sheet: Sheet = {
    ...{ name, records: [], isCut: false, filledRows: 0, cells: 0, lastRow: 0, lastColumn: 0 },
    ...{ hiddenRows: new Set(), hiddenColumns: new Set() },
  };
  const columns: HiddenColumns[] = [];
  const place = new CellPlace();
  const rows: Row[] = [];
  let width = 0;
  let hasData = false;
  let isInData = false;
  let isPhonetic = false;
  let row: string[] = [];
  let isRowFilled = false;
  let isNewRow = false;
  let isRowHidden = false;
  let lastColumnOfRow = 0;
  let cell: StoredCell | undefined;
  let reading: 'value' | 'inline' | undefined;

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
    if (isRowFilled && isRowHidden && !sheet.isCut) sheet.hiddenRows.add(place.row - 1);
    if (row.length > 0 && !sheet.isCut) rows.push({ line: place.row, cells: row });
    isRowFilled = false;
    row = [];
  };

  await readXml(part, {
    open: (tag, attributes, isSelfClosing) => {
      if (tag === 'sheetData') hasData = isInData = true;
      if (tag === 'col') columns.push(...hiddenColumnsOf(attributes));
      if (!isInData) return;
      if (tag === 'c') place.toCell(attributeOf(attributes, 'r'));
      if (tag === 'row') {
        place.toRow(attributeOf(attributes, 'r'));
        isNewRow = true;
        isRowHidden = isHiddenRow(attributes);
      }
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
  for (let column = 1; column <= width; column++)
    if (columns.some(({ min, max }) => min <= column && column <= max)) sheet.hiddenColumns.add(column - 1);
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

import { columnLetter } from '../../columns';
import { isHeld, ListBuilder } from '../../long-list';
import type { List } from '../../long-list';
import { CellPlace } from './cell-place';
import { hiddenColumnsOf, isHiddenRow } from './hidden';
import type { HiddenColumns } from './hidden';
import { cellValue, UNSOLVED } from './cell-value';
import type { StoredCell } from './cell-value';
import { attributeOf, LongRunError, ownCopy, readXml } from './archive/read-xml';
import type { Attributes } from './archive/read-xml';
import { formatCount, tooLarge } from './archive/workbook-error';
import type { ListedSheet, WorkbookContents } from './workbook-parts';

export interface SheetLimits {
  /** Cells with something in them. */
  cells: number;
  rows: number;
  /** Rows times columns: a stray cell far away makes a table of mostly nothing. */
  area: number;
  /** Rows with something in them that are kept; those below are only counted. */
  keptRows: number;
  /** Rows that are held as objects. */
  mostHeld: number;
}

export interface Sheet {
  name: string;
  /** From row 1 on and all of the same width. */
  records: List<string[]>;
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
  /** By the index of the record, the columns of formulas with a value that may be of before their data were changed. */
  doubtful: Map<number, number[]>;
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
    ...{ hiddenRows: new Set(), hiddenColumns: new Set(), doubtful: new Map() },
  };
  const columns: HiddenColumns[] = [];
  const place = new CellPlace();
  const rows = new ListBuilder<Row>(limits.mostHeld);
  let lastLine = 0;
  let isInOrder = true;
  let width = 0;
  let hasData = false;
  let isInData = false;
  let isPhonetic = false;
  let row: string[] = [];
  let isRowFilled = false;
  let isRowHidden = false;
  let lineOfRow = 0;
  let cell: StoredCell | undefined;
  let reading: 'value' | 'inline' | 'formula' | undefined;
  let isExtension = false;
  const filledLines = new Set<number>();
  const sharedFormulas = new SharedFormulas();

  const beginCell = (type = 'n', style?: string): void => {
    // Programs that write by hand put rows and cells in any order, and every reader follows the places.
    if (place.row !== lineOfRow) {
      endRow();
      lineOfRow = place.row;
    }
    sheet.cells++;
    sheet.lastRow = Math.max(sheet.lastRow, place.row);
    sheet.lastColumn = Math.max(sheet.lastColumn, place.column);
    cell = { type, style, formula: undefined, value: undefined, inline: undefined };
  };
  const openInCell = (opened: StoredCell, tag: string, attributes: Attributes): void => {
    if (tag === 'extLst') isExtension = true;
    if (isExtension) return;
    if (tag === 'f') opened.formula = '';
    if (tag === 'f') sharedFormulas.open(attributes.si);
    if (tag === 'rPh') isPhonetic = true;
    if (tag === 'is') opened.inline = '';
    if (tag === 'v') opened.value = '';
    if (tag === 'f') reading = 'formula';
    else if (tag === 'v') reading = 'value';
    else reading = tag === 't' && opened.inline !== undefined && !isPhonetic ? 'inline' : undefined;
  };
  const endCell = (): void => {
    if (!cell) return;
    const { strings, calculation } = contents;
    if (cell.formula !== undefined) cell.formula = sharedFormulas.close(cell.formula);
    if (cell.type === 's' && strings.maxCharacters !== undefined) {
      // The text was too long to be read, and those after it are not known.
      if (Number(cell.value) === strings.texts.length) throw longCell(place.row, strings.maxCharacters);
      if (Number(cell.value) > strings.texts.length) cell = undefined;
    }
    const value = cell ? cellValue(cell, contents) : '';
    const mayBeOld = cell?.formula !== undefined && calculation.mayBeOld;
    cell = undefined;
    if (value === '') return;
    const at = { line: place.row, letter: columnLetter(place.column - 1) };
    if (value === UNSOLVED) sheet.unsolved ??= at;
    width = Math.max(width, place.column);
    isRowFilled ||= value !== UNSOLVED && value.trim() !== '';
    sheet.isCut ||= isOverLimits();
    if (sheet.isCut) return;
    putCell(row, place.column, value === UNSOLVED ? '' : ownCopy(value));
    if (value === UNSOLVED || !mayBeOld) return;
    const columns = sheet.doubtful.get(place.row - 1);
    if (columns) columns.push(place.column - 1);
    else sheet.doubtful.set(place.row - 1, [place.column - 1]);
  };
  const isOverLimits = (): boolean =>
    sheet.filledRows > limits.keptRows ||
    sheet.cells > limits.cells ||
    sheet.lastRow > limits.rows ||
    sheet.lastRow * sheet.lastColumn > limits.area;
  const endRow = (): void => {
    if (isRowFilled && !filledLines.has(lineOfRow)) sheet.filledRows++;
    if (isRowFilled && !sheet.isCut) filledLines.add(lineOfRow);
    if (isRowFilled && isRowHidden && !sheet.isCut) sheet.hiddenRows.add(lineOfRow - 1);
    if (row.length > 0 && !sheet.isCut) {
      isInOrder &&= lineOfRow > lastLine;
      lastLine = Math.max(lastLine, lineOfRow);
      rows.push({ line: lineOfRow, cells: row });
    }
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
        isRowHidden = isHiddenRow(attributes);
      }
      if (tag === 'c' && !isSelfClosing) beginCell(attributes.t, attributes.s);
      else if (cell) openInCell(cell, tag, attributes);
    },
    text: (piece) => {
      if (cell && reading) cell[reading] += piece;
    },
    close: (tag) => {
      reading = undefined;
      if (tag === 'rPh') isPhonetic = false;
      if (tag === 'extLst') isExtension = false;
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
  const ordered = isInOrder ? rows.list() : inOrder(rows.list());
  return { ...sheet, records: toRecords(ordered, { width, length: lastLine }) };
}

/** `row` is 0 where it is not known. */
export const longCell = (row: number, maxCharacters: number): Error =>
  tooLarge(
    `${row > 0 ? `a cell in row ${row}` : 'a cell of it'} has more than ${formatCount(maxCharacters)} characters`,
  );

/** The formulas that several cells share: the first of them has the text, all have the number of the formula. */
class SharedFormulas {
  private readonly texts = new Map<string, string>();
  private number: string | undefined;

  open(number: string | undefined): void {
    this.number = number;
  }

  /** The text of a cell's formula that was opened. */
  close(own: string): string {
    if (this.number === undefined) return own;
    if (own !== '') this.texts.set(this.number, own);
    return own || (this.texts.get(this.number) ?? '');
  }
}

/** Throws where another value has that place: nobody can tell which is meant. */
function putCell(cells: string[], column: number, value: string): void {
  while (cells.length < column) cells.push('');
  if (cells[column - 1] !== '' && value !== '' && value !== cells[column - 1])
    throw new Error('A place of the sheet has two values');
  cells[column - 1] ||= value;
}

/** In the order of their lines; what is said of one line in several places is put together. */
function inOrder(rows: List<Row>): List<Row> {
  const lines = new Map<number, string[]>();
  for (const { line, cells } of rows) {
    const known = lines.get(line);
    if (known) cells.forEach((value, i) => putCell(known, i + 1, value));
    else lines.set(line, cells);
  }
  return [...lines].map(([line, cells]) => ({ line, cells })).sort((a, b) => a.line - b.line);
}

/** With blank records for the rows that the sheet leaves out. */
function toRecords(rows: List<Row>, { width, length }: { width: number; length: number }): List<string[]> {
  const blank = Array<string>(width).fill('');
  function* all(): Generator<string[]> {
    let next = 1;
    for (const { line, cells } of rows) {
      for (; next < line; next++) yield blank;
      while (cells.length < width) cells.push('');
      yield cells;
      next = line + 1;
    }
  }
  return isHeld(rows) ? [...all()] : { length, [Symbol.iterator]: all };
}

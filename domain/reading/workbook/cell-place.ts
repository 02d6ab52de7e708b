/** As many rows and columns as a sheet of Excel has. */
const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;
const CELL_REFERENCE = /^([A-Z]{1,3})([1-9]\d{0,6})$/i;
const ROW_REFERENCE = /^[1-9]\d{0,6}$/;

/** Follows the rows and cells of a sheet. They may leave out their places and then follow the one before. */
export class CellPlace {
  /** From 1; 0 before the first. */
  row = 0;
  column = 0;

  /** Throws where the reference, such as `7`, is invalid. */
  toRow(reference: string | undefined): void {
    if (reference !== undefined && !ROW_REFERENCE.test(reference)) throw new Error('The place of a row is invalid');
    this.row = reference === undefined ? this.row + 1 : Number(reference);
    this.column = 0;
    this.checkBounds();
  }

  /** Of a cell that names another row than the one around it, its own counts. Throws where the reference, such as `B7`, is invalid. */
  toCell(reference: string | undefined): void {
    this.column++;
    if (reference !== undefined) {
      const [, letters, line] = CELL_REFERENCE.exec(reference) ?? [];
      if (letters === undefined) throw new Error('The place of a cell is invalid');
      this.row = Number(line);
      this.column = columnNumber(letters.toUpperCase());
    }
    this.checkBounds();
  }

  private checkBounds(): void {
    if (this.row > MAX_ROW || this.column > MAX_COLUMN) throw new Error('A place lies outside of every sheet');
  }
}

function columnNumber(letters: string): number {
  let number = 0;
  for (let i = 0; i < letters.length; i++) number = number * 26 + letters.charCodeAt(i) - 64;
  return number;
}

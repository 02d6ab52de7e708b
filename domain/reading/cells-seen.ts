import type { CellProblem } from '../../contract/problem';
import type { Choices } from '../../contract/question';
import type { TableRow } from '../table';
import { importIdIn } from './header/failed-rows-columns';
import { findGarbledText } from './encoding/garbled-text';
import { isBlank } from './grid';
import { unnamedColumns } from './header/read-header';
import type { Header } from './header/read-header';

interface SeenOptions extends Pick<Choices, 'hiddenRows'> {
  /** The indexes of the hidden columns. */
  hiddenColumns: ReadonlySet<number> | undefined;
}

/** What is to be said of all rows of a file together, noted row by row, so that they need not be gone through again. */
export class CellsSeen {
  /** Columns without a heading that have something in them. */
  readonly filledUnnamed = new Set<number>();
  /** Hidden columns that have something in them, in a row that is read. */
  readonly filledHidden = new Set<number>();
  /** The ids of imports whose failed rows these are; of several no more than two. */
  readonly importIds = new Set<string>();
  /** The warning about the first letters that were lost before the upload. */
  garbled: readonly CellProblem[] = [];
  private readonly unnamed: readonly number[];
  private readonly hidden: readonly number[];

  constructor(
    private readonly header: Header,
    private readonly options: SeenOptions,
  ) {
    this.unnamed = unnamedColumns(header);
    this.hidden = header.columns.flatMap(({ index }) => (options.hiddenColumns?.has(index) ? [index] : []));
  }

  /** `record` is as the file has it, of `row` cells may have been left blank. */
  add(record: readonly string[], row: TableRow): void {
    note(record, this.unnamed, this.filledUnnamed);
    if (!(row.isHidden && this.options.hiddenRows === 'skip')) note(record, this.hidden, this.filledHidden);
    if (this.garbled.length === 0) this.garbled = findGarbledText(this.header.columns, row);
    const { ours } = this.header;
    const id = ours && this.importIds.size < 2 ? importIdIn(record, ours) : '';
    if (id) this.importIds.add(id);
  }
}

function note(record: readonly string[], indexes: readonly number[], filled: Set<number>): void {
  for (const index of indexes) if (!filled.has(index) && !isBlank([record[index] ?? ''])) filled.add(index);
}

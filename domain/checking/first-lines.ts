import type { ImportKind } from '../../contract/import';
import type { ProblemCode } from '../../contract/problem-codes';
import type { Choices } from '../../contract/question';
import { isExampleRow } from '../example-row';
import type { Table, TableRow } from '../table';
import { parseEmail } from './cells/check-email';

/** A row of another file. */
export interface EarlierRow {
  fileName: string;
  line: number;
}

interface LeavingOut {
  kind: ImportKind;
  hiddenRows?: Choices['hiddenRows'];
}

/** Why a row is left out without a look at its cells: the example row, and a hidden row that nobody wants. */
export function leftOutBecause(row: TableRow, { kind, hiddenRows }: LeavingOut): ProblemCode | undefined {
  if (isExampleRow(kind, row.cells)) return 'row.template-example';
  return row.isHidden && hiddenRows === 'skip' ? 'row.hidden' : undefined;
}

/**
 * The first line of each address of a table, by e-mail key: the row that has it, whatever else is wrong with that row. It follows from
 * the file and its options alone, so every process finds the same, whenever it looks.
 */
export function firstLinesOf({ rows }: Pick<Table, 'rows'>, options: LeavingOut): Map<string, number> {
  const lines = new Map<string, number>();
  for (const row of rows) {
    if (leftOutBecause(row, options)) continue;
    const key = parseEmail(row.cells.email ?? '')?.key;
    if (key !== undefined && !lines.has(key)) lines.set(key, row.line);
  }
  return lines;
}

import { isBlank } from './csv-records';

/** As far down the names of the columns are looked for: lists have a title, a date and a remark above them. */
export const LEADING_ROWS = 11;
/** So many names of columns in one row are no coincidence. */
export const SURELY_A_HEADER = 3;

/** The indexes of the first records that are not blank. */
export function leadingRows(records: readonly (readonly string[])[]): number[] {
  const indexes: number[] = [];
  for (let i = 0; i < records.length && indexes.length < LEADING_ROWS; i++) {
    if (!isBlank(records[i]!)) indexes.push(i);
  }
  return indexes;
}

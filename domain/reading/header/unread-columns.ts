import type { CellProblem } from '../../../contract/problem';
import { columnLetter } from '../../columns';
import { fileProblem } from '../../problems/make-problem';
import { nameHeaders } from './missing-columns';
import type { Header } from './read-header';

/** The one warning that names all columns of a file that are not read, where there are any. */
export function unreadColumns(header: Header, rows: readonly (readonly string[])[]): CellProblem[] {
  const unnamed = findUnnamed(header, rows).map((index) => `column ${columnLetter(index)} (without a header)`);
  const names = [...header.unknown.map((index) => header.record[index]!.trim()), ...unnamed];
  return names.length > 0 ? [fileProblem('file.unknown-column', { names: nameHeaders(names) })] : [];
}

/** Columns between those with a header that have something in them all the same. */
function findUnnamed({ record, width, ours }: Header, rows: readonly (readonly string[])[]): number[] {
  const indexes = record.slice(0, width).flatMap((cell, index) => (cell.trim() === '' ? [index] : []));
  return indexes.filter(
    (index) => !ours?.indexes.has(index) && rows.some((row) => row[index] !== undefined && row[index].trim() !== ''),
  );
}

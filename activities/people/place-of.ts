import type { CellProblem } from '../../contract/problem';
import type { ColumnKey } from '../../domain/columns';
import type { ImportDoc } from '../../store/documents';

/** The column of a file as a problem names it; nothing where the file has no such column. */
export function placeOf(importDoc: ImportDoc | null, key: ColumnKey): Pick<CellProblem, 'column' | 'letter'> {
  const column = importDoc?.columns.find((candidate) => candidate.key === key);
  return { column: column?.header ?? null, letter: column?.letter ?? null };
}

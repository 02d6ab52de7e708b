import { unguardFormula } from '../../formula-guard';
import type { TableRow } from '../../table';

/** Our columns begin like this. A file of failed rows has them behind the admin's own; they are never read as data. */
const OURS = /^\s*import_/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LINE = /^[1-9]\d{0,6}$/;
/** One of them is enough to tell that we wrote the file, so that its cells are guarded. */
const WRITTEN_BY_US = ['import_line', 'import_status', 'import_code', 'import_message', 'import_id'];

/** Places of our columns in a file of failed rows. */
export interface FailedRowsColumns {
  indexes: ReadonlySet<number>;
  isGuarded: boolean;
  lineIndex: number;
  idIndex: number;
}

export const isOurHeader = (header: string): boolean => OURS.test(header);

export function findOurColumns(record: readonly string[]): FailedRowsColumns | undefined {
  const indexes = new Set(record.flatMap((header, index) => (isOurHeader(header) ? [index] : [])));
  if (indexes.size === 0) return undefined;
  const names = record.map((header, index) => (indexes.has(index) ? header.trim().toLowerCase() : ''));
  return {
    indexes,
    isGuarded: names.some((name) => WRITTEN_BY_US.includes(name)),
    lineIndex: names.indexOf('import_line'),
    idIndex: names.indexOf('import_id'),
  };
}

/** The cells of a row without the guards against formulas that we wrote. */
export const withoutGuards = (record: readonly string[], { isGuarded }: FailedRowsColumns): readonly string[] =>
  isGuarded ? record.map(unguardFormula) : record;

export const withoutOurs = (record: readonly string[], { indexes }: FailedRowsColumns): readonly string[] =>
  record.filter((_, index) => !indexes.has(index));

/** The line of the import that a row corrects. It is ignored where no column has the id of that import. */
export function correctedLineOf(
  record: readonly string[],
  { lineIndex, idIndex }: FailedRowsColumns,
): Pick<TableRow, 'correctedLine'> {
  const line = record[lineIndex]?.trim() ?? '';
  return idIndex >= 0 && LINE.test(line) ? { correctedLine: Number(line) } : {};
}

/** The id of an import in a row; '' where the file or the row names none. */
export const importIdIn = (record: readonly string[], { lineIndex, idIndex }: FailedRowsColumns): string =>
  lineIndex < 0 || idIndex < 0 ? '' : (record[idIndex]?.trim().toLowerCase() ?? '');

/** The id of the import that the file corrects, if all rows with an id agree. `ids` are those of the rows, each once. */
export function correctedImportOf(ids: Iterable<string>): { corrects?: string } {
  const [id, ...others] = ids;
  return id !== undefined && others.length === 0 && UUID.test(id) ? { corrects: id } : {};
}

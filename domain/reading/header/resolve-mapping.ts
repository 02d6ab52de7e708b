import type { ImportKind } from '../../../contract/import';
import type { CellProblem } from '../../../contract/problem';
import type { Mapping } from '../../../contract/question';
import { columnIndex, columnsOf } from '../../columns';
import type { ColumnKey } from '../../columns';
import { fileProblem, shorten } from '../../problems/make-problem';
import type { HeaderAliases } from './header-aliases';
import { normaliseHeader } from './header-meaning';

/** A letter or a number of a column, which is no heading to look for in other rows. */
const PLACE = /^(?:[A-Z]{1,2}|\d{1,4})$/i;

/** The columns of a file that a mapping names, by their indexes, and why some of it cannot be used. */
export interface ResolvedMapping {
  columns: ReadonlyMap<number, ColumnKey>;
  problems: CellProblem[];
}

/** `headers` are those of the administrator; ours, and cells without one, are blank. */
export function resolveMapping(
  headers: readonly string[],
  mapping: Mapping,
  kind: ImportKind,
  isOurs: (index: number) => boolean,
): ResolvedMapping {
  const columns = new Map<number, ColumnKey>();
  const problems: CellProblem[] = [];
  for (const [key, wanted] of Object.entries(mapping)) {
    const column = columnsOf(kind).find((one) => one.key === key);
    const found = findColumn(headers, wanted, isOurs);
    const holder = typeof found === 'number' ? columns.get(found) : undefined;
    if (!column) problems.push(unusable(`files of ${kind} have no column “${key}”`));
    else if (typeof found === 'string') problems.push(unusable(found));
    else if (holder) problems.push(unusable(`“${shorten(wanted)}” cannot be both ${holder} and ${column.key}`));
    else columns.set(found, column.key);
  }
  return { columns, problems };
}

/** The index of a column, or why there is none. A heading comes first, exactly as it is written and then by its letters alone. */
function findColumn(headers: readonly string[], wanted: string, isOurs: (index: number) => boolean): number | string {
  const name = wanted.trim();
  const normalised = normaliseHeader(name);
  const tests = [
    (header: string) => header === name,
    (header: string) => normalised !== '' && normaliseHeader(header) === normalised,
  ];
  for (const test of tests) {
    const found = headers.flatMap((header, index) => (header !== '' && test(header) ? [index] : []));
    if (found.length === 1) return found[0]!;
    if (found.length > 1) return `several columns are called “${shorten(name)}”; name one by its letter`;
  }
  const index = /^[1-9]\d{0,3}$/.test(name) ? Number(name) - 1 : columnIndex(name);
  if (index !== undefined && index < headers.length && !isOurs(index)) return index;
  return `no column is called “${shorten(name)}”`;
}

const unusable = (reason: string): CellProblem => fileProblem('file.mapping-unusable', { reason });

/** The headings of a mapping as further aliases, by which the row of headings is found. */
export function withMapping(aliases: HeaderAliases, mapping: Mapping | null | undefined): HeaderAliases {
  const headings = Object.entries(mapping ?? {}).filter(([, name]) => !PLACE.test(name.trim()));
  if (headings.length === 0) return aliases;
  return headings.reduce<HeaderAliases>(
    (all, [key, heading]) => ({ ...all, [key]: [...(all[key as ColumnKey] ?? []), heading] }),
    aliases,
  );
}

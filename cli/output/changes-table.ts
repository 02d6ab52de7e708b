import type { ImportKind } from '../../contract/import';
import { columnsOf } from '../../domain/columns';
import { formatTable } from './table';
import { printable } from './text';
import type { RowView } from '../http/views';

/** A terminal is not the place to read more. */
const MOST = 50;

/** What an import would change of people who exist already: row, field, before and after. `null` where nothing changes. */
export function formatChanges(
  rows: readonly Pick<RowView, 'row' | 'plan'>[],
  kind: ImportKind,
  all: boolean,
  toSeeAll: string,
): string | null {
  const headers = new Map<string, string>(columnsOf(kind).map(({ key, header }) => [key, header]));
  const changes = rows.flatMap(({ row, plan }) =>
    plan.changes.map(({ field, before, after }) => [
      String(row),
      headers.get(field) ?? field,
      `${quote(before)} → ${quote(after)}`,
    ]),
  );
  if (changes.length === 0) return null;
  const table = formatTable([['LINE', 'FIELD', 'BEFORE → AFTER'], ...changes.slice(0, all ? undefined : MOST)]);
  const more = changes.length - MOST;
  return more > 0 && !all ? `${table}\n  … and ${more} more. All of them: ${toSeeAll}` : table;
}

const quote = (value: string): string => (value === '' ? '(nothing)' : `“${printable(value)}”`);

import type { ImportKind } from '../../contract/import';
import { columnsOf } from '../../domain/columns';
import { printable } from './text';
import type { RowView } from '../http/views';

/** More than that nobody reads in a terminal. */
const MOST = 50;
const GAP = 2;

/** What would be changed of people who are there already: row, field, before and after. `null` where nothing would. */
export function formatChanges(rows: readonly Pick<RowView, 'row' | 'plan'>[], kind: ImportKind): string | null {
  const headers = new Map<string, string>(columnsOf(kind).map(({ key, header }) => [key, header]));
  const changes = rows.flatMap(({ row, plan }) =>
    plan.changes.map(({ field, before, after }) => ({
      line: String(row),
      field: headers.get(field) ?? field,
      change: `${shown(before)} → ${shown(after)}`,
    })),
  );
  if (changes.length === 0) return null;
  const table = [{ line: 'LINE', field: 'FIELD', change: 'BEFORE → AFTER' }, ...changes.slice(0, MOST)];
  const widest = (key: 'line' | 'field'): number => Math.max(...table.map((cells) => cells[key].length)) + GAP;
  const [line, field] = [widest('line'), widest('field')];
  const more = changes.length - MOST;
  return [
    ...table.map((cells) => cells.line.padEnd(line) + cells.field.padEnd(field) + cells.change),
    ...(more > 0 ? [`… and ${more} more. The rows of the import tell all of them: GET /v1/imports/{id}/rows`] : []),
  ]
    .map((text) => ' '.repeat(GAP) + text)
    .join('\n');
}

const shown = (value: string): string => (value === '' ? '(nothing)' : `“${printable(value)}”`);

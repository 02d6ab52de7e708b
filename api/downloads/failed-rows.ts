import { cellsOf } from '../../domain/person-cells';
import { FAILED_STATUSES, writeFailedRows } from '../../domain/exports/failed-rows';
import type { WrittenFile } from '../../domain/exports/failed-rows';
import type { HeaderAliases } from '../../domain/reading/header/header-aliases';
import { UTF_8 } from '../../domain/reading/encoding/encodings';
import { fileProblem } from '../../domain/problems/make-problem';
import { readTable } from '../../domain/reading/read-table';
import { ListBuilder, mapList } from '../../domain/long-list';
import type { List } from '../../domain/long-list';
import type { Table } from '../../domain/table';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';
import { fileRejected, pagesOfRows, requireRows } from './staged-rows';

/** Writes the rejected and cancelled rows that no other file has corrected, to correct and upload them again. */
export async function failedRowsOf(
  store: Pick<Store, 'rows' | 'uploads' | 'lineage' | 'organisations'>,
  importDoc: ImportDoc,
): Promise<WrittenFile> {
  requireRows(importDoc);
  const corrected = await store.lineage.corrected(importDoc);
  const failed = failedRows(store, importDoc, corrected);
  const first = await failed.next();
  if (first.done) {
    throw new HttpProblem(
      404,
      'no-failed-rows',
      'No row of this import needs correction: none was rejected or cancelled, or other files have corrected them.',
    );
  }
  const all = withFirst(first.value, failed);
  if (!importDoc.fileRemovedAt) return writeFailedRows(await rereadTable(store, importDoc), all, importDoc._id);
  const rows = new ListBuilder<RowDoc>();
  for await (const row of all) rows.push(row);
  const list = rows.list();
  return writeFailedRows(await tableOfRows(store, importDoc, list), list, importDoc._id);
}

/** In the order of their lines. */
async function* failedRows(
  store: Pick<Store, 'rows'>,
  { _id: importId }: ImportDoc,
  corrected: ReadonlySet<number>,
): AsyncGenerator<RowDoc, undefined> {
  for await (const page of pagesOfRows(store, importId, FAILED_STATUSES))
    for (const row of page) if (!row.erased && !corrected.has(row.row)) yield row;
  return undefined;
}

async function* withFirst<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}

/**
 * Reads the table as the plan did. The organisation's settings may have changed since, so the headers are those of the plan,
 * and the limits are not checked again.
 */
async function rereadTable({ uploads }: Pick<Store, 'uploads'>, importDoc: ImportDoc): Promise<Table> {
  const bytes = await uploads.read(importDoc._id);
  if (!bytes) throw fileRejected([fileProblem('file.lost')]);
  const result = await readTable(bytes, {
    kind: importDoc.kind,
    maxRows: NO_LIMIT,
    // What the plan read it as: another default country since then must not change the guess.
    encoding: importDoc.options.encoding ?? (importDoc.layout?.format === 'csv' ? importDoc.layout.encoding : null),
    headerAliases: Object.fromEntries(
      importDoc.columns.map(({ key, header }) => [key, [header]]),
    ) satisfies HeaderAliases,
    hasDefaultTeam: true,
    mapping: importDoc.options.mapping ?? null,
    sheet: importDoc.options.sheet ?? null,
  });
  if (!result.ok) throw fileRejected(result.problems);
  return result.table;
}

/** Makes the table of what MongoDB holds of the rows, where the file was removed: its further columns are gone. */
async function tableOfRows(
  { organisations }: Pick<Store, 'organisations'>,
  importDoc: ImportDoc,
  rows: List<RowDoc>,
): Promise<Table> {
  const teams = await organisations.teams(importDoc.organisationId);
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  const { columns, layout } = importDoc;
  return {
    layout: layout ?? { format: 'csv', encoding: UTF_8, byteOrderMark: true, delimiter: ',' },
    headers: columns.map(({ header }) => header),
    columns,
    warnings: [],
    rows: mapList(rows, ({ row, person, cells: typed = {} }) => {
      const cells = person ? cellsOf(person, names) : typed;
      return { line: row, cells, raw: columns.map(({ key }) => cells[key] ?? '') };
    }),
  };
}

const NO_LIMIT = 1_000_000;

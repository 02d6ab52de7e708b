import { FAILED_STATUSES, writeFailedRows } from '../../domain/exports/failed-rows';
import type { WrittenFile } from '../../domain/exports/failed-rows';
import type { HeaderAliases } from '../../domain/reading/header/header-aliases';
import { fileProblem } from '../../domain/problems/make-problem';
import { readTable } from '../../domain/reading/read-table';
import type { Table } from '../../domain/table';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';
import { fileRejected, pagesOfRows, requireRows } from './staged-rows';

/** Writes the rejected and cancelled rows that no other file has corrected, to correct and upload them again. */
export async function failedRowsOf(
  store: Pick<Store, 'rows' | 'uploads' | 'lineage'>,
  importDoc: ImportDoc,
): Promise<WrittenFile> {
  requireRows(importDoc);
  const corrected = await store.lineage.corrected(importDoc);
  const failed: RowDoc[] = [];
  for (const status of FAILED_STATUSES)
    for await (const page of pagesOfRows(store, importDoc._id, status))
      failed.push(...page.filter(({ row }) => !corrected.has(row)));
  if (failed.length === 0) {
    throw new HttpProblem(
      404,
      'no-failed-rows',
      'No row of this import needs correction: none was rejected or cancelled, or other files have corrected them.',
    );
  }
  return writeFailedRows(
    await rereadTable(store, importDoc),
    failed.sort((a, b) => a.row - b.row),
    importDoc._id,
  );
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

const NO_LIMIT = 1_000_000;

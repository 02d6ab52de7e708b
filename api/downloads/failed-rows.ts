import { FAILED_STATUSES, writeFailedRows } from '../../domain/exports/failed-rows';
import type { WrittenFile } from '../../domain/exports/failed-rows';
import type { HeaderAliases } from '../../domain/reading/header/header-aliases';
import { fileProblem } from '../../domain/problems/make-problem';
import { readTable } from '../../domain/reading/read-table';
import type { Table } from '../../domain/table';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';
import { fileRefused, pagesOfRows, requireRows } from './staged-rows';

/** The rows of an import that came to nothing, here and in files that correct it, as a file to correct and upload again. */
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
      'No row of this import was refused or cancelled that no other file has corrected since.',
    );
  }
  return writeFailedRows(
    await readAgain(store, importDoc),
    failed.sort((a, b) => a.row - b.row),
    importDoc._id,
  );
}

/**
 * The table as it was read for the plan. Settings of the organisation may have changed since, so the headers that were
 * known then are, and limits that the file has passed are not looked at again.
 */
async function readAgain({ uploads }: Pick<Store, 'uploads'>, importDoc: ImportDoc): Promise<Table> {
  const bytes = await uploads.read(importDoc._id);
  if (!bytes) throw fileRefused([fileProblem('file.lost')]);
  const reading = await readTable(bytes, {
    kind: importDoc.kind,
    maxRows: NO_LIMIT,
    encoding: importDoc.options.encoding,
    headerAliases: Object.fromEntries(
      importDoc.columns.map(({ key, header }) => [key, [header]]),
    ) satisfies HeaderAliases,
    hasDefaultTeam: true,
  });
  if (!reading.ok) throw fileRefused(reading.problems);
  return reading.table;
}

const NO_LIMIT = 1_000_000;

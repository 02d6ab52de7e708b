import { isUndone } from '../../contract/import-status';
import { firstLinesOf } from '../../domain/checking/first-lines';
import type { EarlierRow } from '../../domain/checking/first-lines';
import { pagesOf } from '../../domain/long-list';
import type { Table } from '../../domain/table';
import { isCancelling, rowId } from '../../store/documents';
import type { ImportDoc, OrganisationDoc } from '../../store/documents';
import { keepFirstLines } from './first-lines-cache';
import type { FirstLines } from './first-lines-cache';
import { readUpload } from './read-upload';
import type { PlanDeps } from './read-upload';

/** Rows that are looked up together. */
const ROWS_A_PAGE = 1_000;

/**
 * The rows of the files before this one in its upload that have an address of this one, by e-mail key: the first row of each. They
 * are read from the files themselves, so it does not matter which files are planned by now. `undefined` for a file without any before it.
 */
export async function findEarlierRows(
  deps: PlanDeps,
  importDoc: ImportDoc,
  table: Table,
  organisation: OrganisationDoc | null,
): Promise<ReadonlyMap<string, EarlierRow> | undefined> {
  const { positionInBatch: position, organisationId, batchId } = importDoc;
  if (position === undefined) return undefined;
  const own = await keepFirstLines(importDoc, () => Promise.resolve(firstLinesIn(importDoc, table)));
  if (position === 0) return undefined;

  const { store } = deps;
  const first = new Map<string, EarlierRow & { importId: string }>();
  for (const file of await store.imports.findBefore(organisationId, batchId, position)) {
    if (isGivenUp(file)) continue;
    const lines = await keepFirstLines(file, () => readFirstLines(deps, file, organisation));
    for (const key of own.keys()) {
      const line = lines.get(key);
      if (line === undefined || first.has(key)) continue;
      first.set(key, { importId: file._id, fileName: file.fileName, line });
    }
  }
  for (const key of await findFreed(store, first)) first.delete(key);
  return first;
}

/** Nothing more comes of it. Whom it has created by then is a person of the organisation. */
const isGivenUp = (file: ImportDoc): boolean =>
  file.status === 'cancelled' || file.status === 'failed' || isUndone(file.status) || isCancelling(file);

const firstLinesIn = ({ kind, options: { hiddenRows = null } }: ImportDoc, table: Table): FirstLines =>
  firstLinesOf(table, { kind, hiddenRows });

/** Of a file that is rejected as a whole, no row counts. */
async function readFirstLines(
  deps: PlanDeps,
  file: ImportDoc,
  organisation: OrganisationDoc | null,
): Promise<FirstLines> {
  const bytes = await deps.store.uploads.read(file._id, file);
  const reading = await readUpload(deps, file, bytes, organisation);
  return reading.ok ? firstLinesIn(file, reading.table) : new Map();
}

/** The addresses that are free again, since their row was given another one by hand, or was put aside. */
async function findFreed(
  { rows }: PlanDeps['store'],
  first: ReadonlyMap<string, { importId: string; line: number }>,
): Promise<string[]> {
  if (first.size === 0) return [];
  const keyOf = new Map([...first].map(([key, { importId, line }]) => [rowId(importId, line), key]));
  const freed: string[] = [];
  for (const ids of pagesOf([...keyOf.keys()], ROWS_A_PAGE)) {
    for (const { _id, person } of await rows.findChanged([...ids])) {
      const key = keyOf.get(_id)!;
      if (person?.emailKey !== key) freed.push(key);
    }
  }
  return freed;
}

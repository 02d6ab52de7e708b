import type { CheckedRow } from '../../domain/checking/check-rows';
import { checkContextOf, checkRows, emailKeysOf } from '../../domain/checking/check-rows';
import type { CorrectionResult, Correction, RowSnapshot } from '../../store/corrections/correction';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import {
  correctedElsewhere,
  lastMemberCorrection,
  noRow,
  personGone,
  requireCorrectable,
  requireOpenBooks,
} from './correction-problems';
import { decideAnew, decideChange } from './decide-correction';
import type { Outbox } from '../temporal/outbox';
import { cellsOf, slipOf, tableOf } from './row-as-typed';
import type { Cells } from './row-as-typed';

type CorrectionStore = Pick<Store, 'corrections' | 'organisations' | 'people' | 'lineage'>;

export interface CorrectRowDeps {
  store: CorrectionStore;
  outbox: Outbox;
}

/**
 * Corrects one row of an import in place, by the checks of its file. All that changes stands in MongoDB when this answers,
 * so that no personal data goes through Temporal; the workflow hears of it by the outbox. Returns whether anything is
 * different now.
 */
export async function correctRow(
  { store, outbox }: CorrectRowDeps,
  { _id: importId }: ImportDoc,
  line: number,
  changes: Cells,
): Promise<boolean> {
  const result: CorrectionResult = await store.corrections.correct(importId, line, (snapshot) =>
    decide(store, snapshot, changes),
  );
  switch (result.kind) {
    case 'unknown':
      throw noRow(`${line}`);
    case 'last-member':
      throw lastMemberCorrection(line, result.team, result.importDoc, changes.teams);
    case 'unchanged':
      return false;
    case 'corrected':
      outbox.poke();
      return true;
  }
}

async function decide(store: CorrectionStore, snapshot: RowSnapshot, changes: Cells): Promise<Correction | null> {
  const { importDoc, row, person } = snapshot;
  requireOpenBooks(importDoc);
  requireCorrectable(row);
  const isApplied = row.status !== 'rejected' && row.status !== 'waiting';
  if (isApplied && !person) throw personGone(row.row);
  if (!isApplied && (await store.lineage.corrected(importDoc)).has(row.row)) throw correctedElsewhere(row.row);

  const teams = await store.organisations.teams(importDoc.organisationId);
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  const values = person ?? row.person;
  const before = values ? cellsOf(values, names) : (row.cells ?? {});
  const cells = { ...before, ...changes };
  const checked = await check(store, snapshot, { cells, ...slipOf(importDoc.kind, row, changes) }, teams);
  const typed = { before, changes, cells, checked };
  return isApplied ? decideChange(snapshot, typed) : decideAnew(snapshot, typed);
}

/** Checks the row as its file was checked. The person of the row is no duplicate of itself. */
async function check(
  store: CorrectionStore,
  { importDoc, row, person }: RowSnapshot,
  typed: { cells: Cells; excess?: { letter: string; value: string } },
  teams: Awaited<ReturnType<Store['organisations']['teams']>>,
): Promise<CheckedRow> {
  const { organisationId } = importDoc;
  const asTyped = { line: row.row, raw: [], ...typed };
  const [emailKey] = emailKeysOf({ rows: [asTyped] });
  const [organisation, holders] = await Promise.all([
    store.organisations.find(organisationId),
    store.people.findByEmail(organisationId, emailKey === undefined ? [] : [emailKey]),
  ]);
  const known = new Map([...holders].filter(([, { id }]) => id !== person?._id));
  const holder = emailKey === undefined ? undefined : known.get(emailKey);
  const duplicateOf =
    emailKey === undefined
      ? null
      : await store.corrections.findRowWithAddress(importDoc._id, row.row, emailKey, holder?.id);
  // One reason is enough: a person who has the address by another row of this import is not named once more.
  const context = checkContextOf(importDoc, organisation, { teams, known: duplicateOf === null ? known : new Map() });
  const [last] = checkRows(
    tableOf(importDoc, asTyped, duplicateOf),
    person ? { ...context, onExisting: 'error' } : context,
  ).slice(-1);
  return last!;
}

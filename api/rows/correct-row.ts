import type { CheckedRow } from '../../domain/checking/check-rows';
import { checkContextOf, checkRows, emailKeysOf } from '../../domain/checking/check-rows';
import { findSharedMobiles, mobilesOf } from '../../domain/checking/shared-mobiles';
import type { Correction, RowSnapshot } from '../../store/corrections/correction';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { AppDeps } from '../app-deps';
import {
  correctedElsewhere,
  lastMemberCorrection,
  noRow,
  personGone,
  requireCorrectableImport,
  requireCorrectableRow,
} from './correction-problems';
import { decideChange, decideReplan } from './decide-correction';
import { cellsOf, findExcess, tableOf } from './row-as-typed';
import type { Cells } from './row-as-typed';

/**
 * Corrects one row of an import in place, by the checks of its file. MongoDB has all changes before the outbox signals the
 * workflow, so Temporal gets no personal data. Returns whether anything changed.
 */
export async function correctRow(
  { store, outbox }: Pick<AppDeps, 'store' | 'outbox'>,
  { _id: importId }: ImportDoc,
  line: number,
  changes: Cells,
): Promise<boolean> {
  const result = await store.corrections.correct(importId, line, (snapshot) => decide(store, snapshot, changes));
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

async function decide(store: Store, snapshot: RowSnapshot, changes: Cells): Promise<Correction | null> {
  const { importDoc, row, person } = snapshot;
  requireCorrectableImport(importDoc);
  requireCorrectableRow(row);
  const isApplied = row.status !== 'rejected' && row.status !== 'waiting';
  if (isApplied && !person) throw personGone(row.row);
  if (!isApplied && (await store.lineage.corrected(importDoc)).has(row.row)) throw correctedElsewhere(row.row);

  const teams = await store.organisations.teams(importDoc.organisationId);
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  const values = person ?? row.person;
  const before = values ? cellsOf(values, names) : (row.cells ?? {});
  const cells = { ...before, ...changes };
  const checked = await check(store, snapshot, { cells, ...findExcess(importDoc.kind, row, changes) }, teams);
  const typed = { before, changes, cells, checked };
  return isApplied ? decideChange(snapshot, typed) : decideReplan(snapshot, typed);
}

/** Checks the row as its file was checked, without the row's own person, who is not a duplicate. */
async function check(
  store: Store,
  { importDoc, row, person }: RowSnapshot,
  typed: { cells: Cells; excess?: { letter: string; value: string } },
  teams: Awaited<ReturnType<Store['organisations']['teams']>>,
): Promise<CheckedRow> {
  const { organisationId } = importDoc;
  const asTyped = { line: row.row, raw: [], ...typed };
  const [emailKey] = emailKeysOf({ rows: [asTyped] });
  const [organisation, existing] = await Promise.all([
    store.organisations.find(organisationId),
    store.people.findByEmail(organisationId, emailKey === undefined ? [] : [emailKey]),
  ]);
  // The person of an applied row cannot become another one, not even one whom nobody has invited.
  const others = new Map(
    [...existing]
      .filter(([, { id }]) => id !== person?._id)
      .map(([key, other]) => [key, person ? { ...other, neverInvited: false } : other]),
  );
  const other = emailKey === undefined ? undefined : others.get(emailKey);
  const duplicateOf =
    emailKey === undefined
      ? null
      : await store.corrections.findRowWithAddress(importDoc._id, row.row, emailKey, other?.id);
  // A duplicate of another row of this import is reported once, not also as an existing person.
  const context = checkContextOf(importDoc, organisation, { teams, known: duplicateOf === null ? others : new Map() });
  const table = tableOf(importDoc, asTyped, duplicateOf);
  const checked = checkRows(table, person ? { ...context, onExisting: 'error' } : context);
  // Who corrects a row has typed its number, so nothing is asked; what the import holds stays held.
  const sharedMobiles = importDoc.options.sharedMobiles ?? 'send';
  const except = { importId: null, ids: person ? [person._id] : [] };
  const elsewhere = await store.people.countByMobile(organisationId, mobilesOf(checked), except);
  const { rows } = findSharedMobiles(checked, table, { kind: importDoc.kind, elsewhere, sharedMobiles });
  return rows.at(-1)!;
}

import { cellsOf } from '../../domain/person-cells';
import type { Correction, RowSnapshot } from '../../store/corrections/correction';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import type { AppDeps } from '../app-deps';
import { checkAsTyped } from './check-as-typed';
import {
  correctedElsewhere,
  lastMemberCorrection,
  noRow,
  personGone,
  requireCorrectableImport,
  requireCorrectableRow,
} from './correction-problems';
import { decideChange, decideReplan } from './decide-correction';
import { correctPlanned } from './revise-preview';
import { findExcess } from './row-as-typed';
import type { Cells } from './row-as-typed';

/**
 * Corrects one row of an import in place, by the checks of its file; of a preview, before its plan is applied. MongoDB has all changes before the outbox signals the
 * workflow, so Temporal gets no personal data. Returns whether anything changed.
 */
export async function correctRow(
  deps: Pick<AppDeps, 'store' | 'outbox' | 'buildPlan'>,
  importDoc: ImportDoc,
  line: number,
  changes: Cells,
): Promise<boolean> {
  if (importDoc.status === 'awaiting-approval') return correctPlanned(deps, importDoc, line, changes);
  const { store, outbox } = deps;
  const result = await store.corrections.correct(importDoc._id, line, (snapshot) => decide(store, snapshot, changes));
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
  const checked = await checkAsTyped(store, snapshot, { cells, ...findExcess(importDoc.kind, row, changes) }, teams);
  const typed = { before, changes, cells, checked };
  return isApplied ? decideChange(snapshot, typed) : decideReplan(snapshot, typed);
}

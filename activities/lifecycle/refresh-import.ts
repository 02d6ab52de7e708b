import { linesIn } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { CellProblem } from '../../contract/problem';
import type { ImportStatus } from '../../contract/import-status';
import { IMPORT_TRANSITIONS } from '../../domain/imports/transitions';
import { placeOf } from '../../domain/table';
import { Deadline } from '../../platform/deadline';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { StoredSnapshot } from '../../store/imports/snapshots';
import { createPlanApplier } from '../planning/apply-plan';
import type { ActivityDeps } from '../deps';
import { assertNotExpired } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { followUp } from '../sending/follow-up';
import { showSchedule } from '../show-schedule';
import { findStored, hasWaiting, toSnapshot, waitForMs } from '../take-snapshot';

/**
 * Refreshes an import after a change from outside. Applies the plan that an administrator wants applied, releases the waiting
 * rows whose team has active staff by now, and rejects those that have waited for as many days as the organisation allows.
 */
export function createRefreshImport(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now' | 'betweenParts'>) {
  const { store, settings } = deps;
  const plans = createPlanApplier(deps);

  return ({ importId }: { importId: string }): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      let stored = await findStored(deps, importId);
      if (stored.importDoc.applyRequest || stored.importDoc.staging) {
        await plans.applyRequested(stored.importDoc);
        stored = await findStored(deps, importId);
      }
      if (await followUp(deps, stored.importDoc, stored.snapshot)) stored = await findStored(deps, importId);
      if (hasWaiting(stored.snapshot)) {
        await releaseRows(stored);
        stored = await findStored(deps, importId);
      }
      // Another process may revise the import meanwhile: then its rows are looked at again.
      while (isHeldUp(stored) && !(await store.imports.resume(importId, stored.importDoc.revision))) {
        stored = await findStored(deps, importId);
      }
      return showSchedule(deps, importId, toSnapshot(stored, settings));
    });

  async function releaseRows(stored: StoredSnapshot): Promise<void> {
    const { importDoc, waitingDays } = stored;
    const { _id: importId, organisationId } = importDoc;
    const deadline = new Deadline(settings.stepFenceMs);
    const teams = await store.organisations.teams(organisationId);
    const ready = teams.filter(({ activeStaff }) => activeStaff).map(({ id }) => id);
    // A process that was frozen until here would release rows of an import that has ended since.
    assertNotExpired(deadline);
    await store.rows.release(importId, ready);
    if (waitForMs(stored) > 0) return;
    const teamNames = new Map(teams.map(({ id, name }) => [id, name]));
    const overdue = await store.rows.findWaiting(importId);
    await store.rows.reject(
      importId,
      overdue.map((row) => ({ row: row.row, problem: waitedTooLong(row, teamNames, importDoc, waitingDays) })),
      'waiting',
    );
  }
}

/** Rows are to be written, and the import rests in a status in which nothing is written. */
const isHeldUp = ({ importDoc, snapshot }: StoredSnapshot): boolean =>
  linesIn(snapshot, 'pending').length > 0 &&
  (IMPORT_TRANSITIONS.release.from as readonly ImportStatus[]).includes(importDoc.status);

function waitedTooLong(
  { person }: RowDoc,
  teamNames: Map<string, string>,
  { columns }: Pick<ImportDoc, 'columns'>,
  days: number,
): CellProblem {
  const team = teamNames.get(person?.teamIds[0] ?? '') ?? null;
  return {
    code: 'group.no-active-staff',
    ...placeOf(columns, 'group'),
    value: team,
    details: { ...(team !== null && { team }), days },
  };
}

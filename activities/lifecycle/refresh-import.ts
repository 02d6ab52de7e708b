import { linesIn } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { CellProblem } from '../../contract/problem';
import { Deadline } from '../../platform/deadline';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { StoredSnapshot } from '../../store/imports/snapshots';
import type { ActivityDeps } from '../deps';
import { assertNotExpired, importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { hasWaiting, takeSnapshot, waitForMs } from '../take-snapshot';

/**
 * Refreshes an import after a change from outside. Releases the waiting rows whose team has active staff by now, and rejects
 * those that have waited for as many days as the organisation allows.
 */
export function createRefreshImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;

  return ({ importId }: { importId: string }): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const stored = await store.snapshots.find(importId);
      if (!stored) throw importNotFound(importId);
      if (hasWaiting(stored.snapshot)) await releaseRows(stored);
      const snapshot = await takeSnapshot(deps, importId);
      if (linesIn(snapshot, 'pending').length > 0) await store.imports.resume(importId, stored.importDoc.revision);
      return snapshot;
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
    const column = importDoc.columns.find(({ key }) => key === 'group');
    const overdue = await store.rows.findWaiting(importId);
    await store.rows.reject(
      importId,
      overdue.map((row) => ({ row: row.row, problem: waitedTooLong(row, teamNames, column, waitingDays) })),
      'waiting',
    );
  }
}

function waitedTooLong(
  { person }: RowDoc,
  teamNames: Map<string, string>,
  column: ImportDoc['columns'][number] | undefined,
  days: number,
): CellProblem {
  const team = teamNames.get(person?.teamIds[0] ?? '') ?? null;
  return {
    code: 'group.no-active-staff',
    column: column?.header ?? null,
    letter: column?.letter ?? null,
    value: team,
    details: { ...(team !== null && { team }), days },
  };
}

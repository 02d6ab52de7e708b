import type { Outcomes } from '../../contract/import';
import type { CellProblem } from '../../contract/problem';
import type { ImportDoc, RowDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { Deadline } from '../../platform/deadline';
import { assertNotExpired, importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';

const DAY_MS = 86_400_000;

export interface RefreshedImport extends Outcomes {
  /** Until the rows that still wait have waited long enough, in milliseconds. */
  waitingMs: number;
}

/**
 * Looks at the rows that wait for active staff in their team. Those whose team has it now go on; those that have waited
 * for as many days as the organisation allows are given back to the admin. All rows and invitations come back as they
 * stand.
 */
export function createRefreshImport({ store, settings }: Pick<ActivityDeps, 'store' | 'settings'>) {
  return ({ importId }: { importId: string }): Promise<RefreshedImport> =>
    withHeartbeat(async () => {
      const importDoc = await store.imports.find(importId);
      if (!importDoc) throw importNotFound(importId);
      const waitingMs = await release(importDoc);
      const [rows, invitations] = await Promise.all([
        store.rows.outcomes(importId),
        store.invitations.outcomes({ importId }),
      ]);
      if (rows.some(({ status }) => status === 'pending')) await store.imports.resume(importId, importDoc.revision);
      return { rows, invitations, waitingMs };
    });

  async function release(importDoc: ImportDoc): Promise<number> {
    const { _id: importId, organisationId } = importDoc;
    const deadline = new Deadline(settings.stepFenceMs);
    const [organisation, teams] = await Promise.all([
      store.organisations.find(organisationId),
      store.organisations.teams(organisationId),
    ]);
    const ready = teams.filter(({ activeStaff }) => activeStaff).map(({ id }) => id);
    // A process that was frozen until here would release rows that nobody looks at any more.
    assertNotExpired(deadline);
    await store.rows.release(importId, ready);

    const days = organisation?.waitingDays ?? 0;
    const since = importDoc.appliedAt ?? importDoc.plannedAt ?? importDoc.createdAt;
    const waitingMs = since.getTime() + days * DAY_MS - Date.now();
    if (waitingMs > 0) return waitingMs;
    const names = new Map(teams.map(({ id, name }) => [id, name]));
    const column = importDoc.columns.find(({ key }) => key === 'group');
    const overdue = await store.rows.waiting(importId);
    await store.rows.reject(
      importId,
      overdue.map((row) => ({ row: row.row, problem: waitedTooLong(row, names, column, days) })),
      'waiting',
    );
    return 0;
  }
}

function waitedTooLong(
  { person }: RowDoc,
  names: Map<string, string>,
  column: ImportDoc['columns'][number] | undefined,
  days: number,
): CellProblem {
  const team = names.get(person?.teamIds[0] ?? '') ?? null;
  return {
    code: 'group.no-active-staff',
    column: column?.header ?? null,
    letter: column?.letter ?? null,
    value: team,
    details: { ...(team !== null && { team }), days },
  };
}

import type { AuditEntry } from '../../domain/audit-log/entry';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';

/** One action of staff on an import. */
export interface PastAction {
  /** When it was asked for. */
  at: string;
  /** The operation, as the API names it: `uploadFiles`, `applyPlan`, `pauseImport` … */
  action: string;
  by: AuditEntry['actor'];
  /** Further ids and numbers, such as the line that was corrected. */
  facts: AuditEntry['facts'];
  /** HTTP status of its answer; `null` if the process ended before it was known. */
  status: number | null;
}

/**
 * Who did what with an import, the oldest first: also what was done with its batch. Rejected requests changed nothing and are left out.
 * `GET /v1/events?import=` has all of a long history.
 */
export async function historyOf(
  { importHistories }: Pick<Store, 'importHistories'>,
  importDoc: ImportDoc,
): Promise<PastAction[]> {
  const entries = await importHistories.find(importDoc);
  return entries
    .filter(
      ({ status, facts }) =>
        (status === null || status < 300) && !facts['unmasked'] && !facts['replayed'] && !facts['dryRun'],
    )
    .reverse()
    .map(({ at, action, actor, facts, status }) => ({ at: at.toISOString(), action, by: actor, facts, status }));
}

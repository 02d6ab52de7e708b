import type { AuditEntry } from '../../domain/audit-log/entry';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';

/** Nobody reads more of one import; `GET /v1/events?import=` has all. */
const MOST_ACTIONS = 100;

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

/** Who did what with an import, the oldest first: also what was done with its batch. Rejected requests changed nothing and are left out. */
export async function historyOf(
  { auditLog }: Pick<Store, 'auditLog'>,
  { _id, organisationId, batchId }: Pick<ImportDoc, '_id' | 'organisationId' | 'batchId'>,
): Promise<PastAction[]> {
  const targets = [
    { kind: 'import', id: _id },
    { kind: 'batch', id: batchId },
  ];
  const entries = await auditLog.list({ organisationId, targets, limit: MOST_ACTIONS });
  return entries
    .filter(({ status, facts }) => (status === null || status < 300) && !facts['unmasked'] && !facts['replayed'])
    .reverse()
    .map(({ at, action, actor, facts, status }) => ({ at: at.toISOString(), action, by: actor, facts, status }));
}

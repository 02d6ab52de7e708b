import type { AuditEntry, AuditRecord, ChainHead } from '../../domain/audit-log/entry';

/** An entry of the audit log. Written once and never changed. */
export type AuditEntryDoc = Omit<AuditEntry, 'id'> & { _id: string };

export const toEntry = ({ _id, ...entry }: AuditEntryDoc): AuditEntry => ({ ...entry, id: _id });

/** An action that has begun. Its entry replaces it; without one its process has ended in the middle. */
export type AuditIntentDoc = Omit<AuditRecord, 'id'> & { _id: string };

/** The newest entry of an organisation on record once more, so that a chain whose end was removed is found. */
export interface AuditHeadDoc extends ChainHead {
  /** Id of the organisation. */
  _id: string;
}

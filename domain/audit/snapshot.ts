import type { ImportProgress } from '../../contract/import';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { RowStatus } from '../../contract/row';

/** One generation of an invitation in the ledger. */
export interface SnapshotInvitation {
  id: string;
  row: number;
  channel: Channel;
  generation: number;
  superseded: boolean;
  state: InvitationState;
  providerId?: string;
  trail: readonly { state: InvitationState }[];
  /** The provider's own ids for it; `null` if the provider has no list or was not asked. */
  acceptedIds: readonly string[] | null;
}

export interface SnapshotRow {
  row: number;
  status: RowStatus;
  /** Whether the person that the row has created, changed or matched exists. */
  hasPerson: boolean;
  /** The channels on which the row has a new person invited: none where the person was known, or has been erased. */
  invitesBy: readonly Channel[];
}

/** One import as every source shows it. */
export interface ImportSnapshot {
  /** Whether no work is left and the import is not paused. */
  isAtRest: boolean;
  rows: readonly SnapshotRow[];
  invitations: readonly SnapshotInvitation[];
  /** The channels whose provider keeps no list of messages that an audit could read. */
  unlisted?: readonly Channel[];
  /** The channels whose provider was asked for as long as an audit may take, and not about all of their messages. */
  unfinished?: readonly Channel[];
  /** Ids of messages that a provider has for this import and the ledger lacks. */
  unknown: readonly string[];
  /** The counts of the API. */
  api: ImportProgress;
  /** The counts of the workflow's query; `null` if it did not answer. */
  query: ImportProgress | null;
  /** The counts of the report's lines. */
  report: Pick<ImportProgress, 'rows' | 'invitations'>;
}

/** One violation of an invariant. Contains lines and ids, no personal data. */
export interface AuditFinding {
  row: number | null;
  channel: Channel | null;
  detail: string;
}

export interface Invariant {
  id: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6';
  claim: string;
  /** `null` if it could not be checked; `remark` says why. */
  ok: boolean | null;
  findings: AuditFinding[];
  remark: string | null;
}

import type { ImportProgress } from '../../contract/import';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { RowStatus } from '../../contract/row';

/** One generation of an invitation, as the ledger has it. */
export interface SnapshotInvitation {
  id: string;
  row: number;
  channel: Channel;
  generation: number;
  superseded: boolean;
  state: InvitationState;
  providerId?: string;
  trail: readonly { state: InvitationState }[];
  /** What the provider holds for it; `null` where the provider could not be asked. */
  held: readonly string[] | null;
}

export interface SnapshotRow {
  row: number;
  status: RowStatus;
  /** Whether the person is there that the row has created, changed or found. */
  hasPerson: boolean;
}

/** Everything that is known of one import, from each place that knows something of it. */
export interface ImportSnapshot {
  /** Whether nothing goes on in it any more, and nobody holds it back. */
  isAtRest: boolean;
  rows: readonly SnapshotRow[];
  invitations: readonly SnapshotInvitation[];
  /** Ids under which a provider holds something for this import, and which the ledger does not know. */
  unknown: readonly string[];
  /** The counts as the API shows them. */
  api: ImportProgress;
  /** The counts of the workflow's own query; `null` where it did not answer. */
  query: ImportProgress | null;
  /** The counts of the report's lines. */
  report: Pick<ImportProgress, 'rows' | 'invitations'>;
}

/** What is wrong, and where. It names lines and ids, and nobody. */
export interface AuditFinding {
  row: number | null;
  channel: Channel | null;
  detail: string;
}

export interface Invariant {
  id: 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6';
  claim: string;
  /** `null` where there was nothing to judge by; `remark` says why. */
  ok: boolean | null;
  findings: AuditFinding[];
  remark: string | null;
}

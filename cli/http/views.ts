import type { PausedBy, ImportKind, ImportMode, ImportProgress, ImportStatus, OnExisting } from '../../contract/import';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { Problem } from '../../contract/problem';
import type { FieldChange, PlannedAction } from '../../contract/row-plan';
import type { RowStatus } from '../../contract/row';
import type { Invariant } from '../../domain/audit/snapshot';

/** What goes along with a file. What is left out is as the organisation has it. */
export interface UploadOptions {
  kind?: ImportKind;
  mode?: ImportMode;
  strict?: boolean;
  onExisting?: OnExisting;
  encoding?: string;
}

export interface AcceptedImport {
  id: string;
  fileName: string;
}

/** What the plan of a preview comes to. */
export interface PlanView {
  hash: string;
  expiresAt: string | null;
  appliedAt: string | null;
  actions: Record<PlannedAction, number>;
  messages: Record<Channel, number>;
  smsSegments: number;
}

/** A file and those that correct it, each line counted once. */
export interface UnionView {
  lines: number;
  waiting: number;
  open: number;
  passes: { importId: string; fileName: string; done: number }[];
}

export interface ImportView extends Pick<ImportProgress, 'lines' | 'rows' | 'invitations'> {
  id: string;
  kind: ImportKind;
  fileName: string;
  status: ImportStatus;
  /** Of the file as a whole. */
  problems: Problem[];
  /** Who paused it and why. */
  pausedBy: { by: PausedBy; problem: Problem | null }[];
  plan: PlanView | null;
  union: UnionView | null;
  links: { temporalUi: string };
}

export interface AuditView {
  id: string;
  fileName: string;
  status: ImportStatus;
  ok: boolean;
  invariants: Invariant[];
}

export interface RowView {
  row: number;
  status: RowStatus;
  plan: { action: PlannedAction; channels: Channel[]; changes: FieldChange[] };
  problems: Problem[];
  invitations: { channel: Channel; state: InvitationState; problem: Problem | null }[];
}

/** A file that the API gives, under the name that it has there. */
export interface Download {
  name: string;
  bytes: Uint8Array;
}

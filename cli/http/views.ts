import type { PausedBy, ImportKind, ImportMode, ImportProgress, OnExisting } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { Problem } from '../../contract/problem';
import type { Choices } from '../../contract/question';
import type { QuestionView } from '../../domain/problems/question-texts';
import type { FieldChange, PlannedAction } from '../../contract/row-plan';
import type { RowStatus } from '../../contract/row';
import type { Invariant } from '../../domain/audit/snapshot';

/** The options of an upload. The organisation's settings stand in for those left out. */
export interface UploadOptions extends Choices {
  kind?: ImportKind;
  mode?: ImportMode;
  strict?: boolean;
  onExisting?: OnExisting;
}

/** New values for cells of one row. */
export interface RowCorrection {
  firstName?: string;
  lastName?: string;
  email?: string;
  mobile?: string;
  company?: string;
  role?: string;
  group?: string;
  teams?: string;
}

/** Rows to put aside. */
export interface IgnoreSelection {
  rows?: number[];
  /** All that look like totals and remarks. */
  suggested?: true;
  reason?: string;
}

export interface AcceptedImport {
  id: string;
  fileName: string;
}

/** The plan of a preview. */
export interface PlanView {
  hash: string;
  expiresAt: string | null;
  appliedAt: string | null;
  actions: Record<PlannedAction, number>;
  messages: Record<Channel, number>;
  smsSegments: number;
}

/** A file and the files that correct it, each line counted once. */
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
  /** Problems of the file as a whole. */
  problems: Problem[];
  /** Who paused it and why. */
  pausedBy: { by: PausedBy; problem: Problem | null }[];
  /** What must be chosen before the plan can be applied. */
  questions: QuestionView[];
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

/** A file from the API, under the name that the API gives it. */
export interface Download {
  name: string;
  bytes: Uint8Array;
}

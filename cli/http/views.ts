import type { PausedBy, ImportKind, ImportMode, ImportProgress, OnExisting } from '../../contract/import';
import type { ImportStatus } from '../../contract/import-status';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { RetryReceipt } from '../../contract/messages';
import type { Problem } from '../../contract/problem';
import type { Choices } from '../../contract/question';
import type { QuestionView } from '../../domain/problems/question-texts';
import type { FieldChange, PlannedAction } from '../../contract/row-plan';
import type { RowStatus } from '../../contract/row';
import type { Invariant } from '../../domain/audit/snapshot';
import type { BatchStatus } from '../../domain/imports/batch';

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
  /** An earlier import of the very same file. */
  sameFileAs: SameFileView | null;
  links: { temporalUi: string };
}

export interface SameFileView {
  id: string;
  fileName: string;
  createdAt: string;
  lines: number;
  /** Lines whose people it has found or left there. */
  present: number;
}

/** An import as one of several. */
export type ImportSummary = Omit<ImportView, 'plan' | 'union' | 'sameFileAs'>;

/** A file of an upload of which no import was made. */
export interface RejectedFileView {
  position: number;
  fileName: string;
  problem: { detail: string };
}

export interface AcceptedUpload {
  batch: string;
  imports: AcceptedImport[];
  rejected: RejectedFileView[];
}

/** The files of one upload as one thing. */
export interface BatchView extends Pick<ImportProgress, 'lines' | 'rows' | 'invitations'> {
  id: string;
  createdAt: string;
  status: BatchStatus;
  files: { total: number; rejected: number };
  imports: ImportSummary[];
  rejected: RejectedFileView[];
}

/** What has become of a command, file by file. */
export interface BatchOutcome {
  id: string;
  fileName: string;
  outcome?: 'in-effect' | 'accepted' | 'refused';
  retrying?: RetryReceipt | null;
  refusal: { code: string; detail: string } | null;
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

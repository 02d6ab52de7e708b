import type { Channel, InvitationState } from './invitation';
import type { ProblemCode } from './problem-codes';
import type { RowStatus } from './row';

export const IMPORT_WORKFLOW_TYPE = 'importFile';

/** Workflows and database steps. */
export const TASK_QUEUE = 'client-import';
/** Calls to the providers have a queue of their own, so that they are scaled and rate-limited apart from the rest. */
export const invitationsTaskQueue = (taskQueue: string): string => `${taskQueue}-invitations`;

const WORKFLOW_ID_PREFIX = 'client-import:';
export const importWorkflowId = (importId: string): string => `${WORKFLOW_ID_PREFIX}${importId}`;
/** Inverse of `importWorkflowId`; `undefined` for a workflow that is not an import. */
export const importIdOf = (workflowId: string): string | undefined =>
  workflowId.startsWith(WORKFLOW_ID_PREFIX) ? workflowId.slice(WORKFLOW_ID_PREFIX.length) : undefined;

/** Spreadsheet rows in one file, header not counted (the help page's limit), unless the installation sets another. */
export const MAX_ROWS_PER_FILE = 500;

/** Which template a file follows, and so what its people become. */
export const IMPORT_KINDS = ['clients', 'staff'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** `preview` stops after the plan until it is approved. */
export const IMPORT_MODES = ['apply', 'preview'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** What becomes of a row whose address belongs to somebody of the same kind already. */
export const ON_EXISTING = [
  /** The row is refused. */
  'error',
  /** Who has not accepted yet is invited again; who has is left alone. */
  'invite',
  /** Nothing happens. */
  'skip',
  /** What differs is changed. */
  'update',
] as const;
export type OnExisting = (typeof ON_EXISTING)[number];

export const IMPORT_STATUSES = [
  'queued',
  'planning',
  /** A preview: nothing is created or sent until its plan is applied, and after a while it expires. */
  'awaiting-approval',
  'creating',
  'inviting',
  /** Some sends got no clear answer: waiting until the provider can be asked. */
  'settling',
  /** All is done but for rows whose client team has no active staff yet; they go on by themselves once it has. */
  'waiting',
  'completed',
  /** Ended, but some rows were refused or some people could not be invited. */
  'completed-with-problems',
  /** Some invitations failed and can be retried; the workflow stays open for that. */
  'needs-attention',
  /** Staff, or a refusal by a provider that only a person can mend, holds sends back; what is not held back goes on. */
  'paused',
  'cancelled',
  /** The file as a whole was refused or could not be worked on. */
  'failed',
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** The statuses in which nothing goes on until somebody does something. */
export const RESTING_STATUSES: readonly ImportStatus[] = [
  'awaiting-approval',
  'waiting',
  'completed',
  'completed-with-problems',
  'needs-attention',
  'paused',
  'cancelled',
  'failed',
];

/** The statuses in which an import can be held back. */
export const HOLDABLE_STATUSES: readonly ImportStatus[] = [
  'queued',
  'planning',
  'creating',
  'inviting',
  'settling',
  'paused',
  'waiting',
];

/** The statuses in which an import has nothing left that could be cancelled. */
export const isFinal = (status: ImportStatus): boolean =>
  !HOLDABLE_STATUSES.includes(status) && status !== 'awaiting-approval' && status !== 'needs-attention';

/** Input of the workflow `importFile`: ids only, no personal data. */
export interface ImportInput {
  importId: string;
  organisationId: string;
  /** Until when failed invitations may be retried, in milliseconds since 1970; set where an earlier run hands over. */
  retryUntil?: number;
}

/** Counts of one import. The API derives them from MongoDB, the workflow from its own state; they agree. */
export interface ImportProgress {
  importId: string;
  status: ImportStatus;
  /** Data lines of the file; the sum of `rows`. */
  lines: number;
  rows: Record<RowStatus, number>;
  /** The newest generation of each invitation. */
  invitations: Record<Channel, Record<InvitationState, number>>;
}

/** What holds the sends of an import back: staff all of them, a provider those of its channel. */
export type PausedBy = 'staff' | Channel;

/** What holds an import back now, each with its reason; `null` where staff need none. */
export interface Pauses {
  by: Partial<Record<PausedBy, ProblemCode | null>>;
  /** How often all holds were ended before. What was found out before that tells nothing about the time after it. */
  resumes: number;
}

/** The timing of a workflow. It comes from the worker's configuration, with the plan. */
export interface Timing {
  createChunkRows: number;
  inviteChunkRows: number;
  /** From the claim of a send until its fate at the provider can be looked up, in milliseconds. */
  settleWindowMs: number;
  /** How long an import that needs attention stays open for retries, in milliseconds. */
  stayOpenMs: number;
  /** How long a preview can still be applied, in milliseconds. */
  approvalMs: number;
}

import type { Channel, InvitationOutcome, InvitationState } from './invitation';
import type { ProblemCode } from './problem-codes';
import type { RowOutcome, RowStatus } from './row';

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

/** Spreadsheet rows in one file, header not counted (the help page's limit). */
export const MAX_ROWS_PER_FILE = 500;

export const IMPORT_STATUSES = [
  'queued',
  'planning',
  'creating',
  'inviting',
  /** Some sends got no clear answer: waiting until the provider can be asked. */
  'settling',
  'completed',
  /** Ended, but some rows were refused or some people could not be invited. */
  'completed-with-problems',
  /** Some invitations failed and can be retried; the workflow stays open for that. */
  'needs-attention',
  'cancelled',
  /** The file as a whole was refused or could not be worked on. */
  'failed',
] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** The statuses in which nothing goes on by itself any more. */
export const RESTING_STATUSES: readonly ImportStatus[] = [
  'completed',
  'completed-with-problems',
  'needs-attention',
  'cancelled',
  'failed',
];

/** Input of the workflow `importFile`: ids only, no personal data. */
export interface ImportInput {
  importId: string;
  organisationId: string;
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

/** What a step did to rows and invitations. The workflow applies it to its state and knows nothing else of the data. */
export interface Outcomes {
  rows?: RowOutcome[];
  invitations?: InvitationOutcome[];
}

/** How a workflow paces itself. It comes from the worker's configuration, by way of the plan. */
export interface Pace {
  createChunkRows: number;
  inviteChunkRows: number;
  /** From the claim of a send until its fate at the provider can be looked up, in milliseconds. */
  settleWindowMs: number;
  /** How long an import that needs attention stays open for retries, in milliseconds. */
  stayOpenMs: number;
}

/** What `planImport` found. For an import that was planned before, the rows and invitations as they stand now. */
export interface ImportPlan extends Outcomes {
  /** Problems of the file as a whole; if there is one, no row was staged. */
  fileProblems: ProblemCode[];
  pace: Pace;
}

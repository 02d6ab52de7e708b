import type { ImportStatus } from './import-status';
import type { Channel, InvitationState } from './invitation';
import type { ProblemCode } from './problem-codes';
import type { RowStatus } from './row';

export const IMPORT_WORKFLOW_TYPE = 'importFile';

/** The task queue of calls to the providers, which are scaled and rate-limited separately. */
export const invitationsTaskQueue = (taskQueue: string): string => `${taskQueue}-invitations`;

/** The task queue of the steps that take a whole file as far as it goes. */
export const filesTaskQueue = (taskQueue: string): string => `${taskQueue}-files`;
/** The task queue of the same steps for files that wait for none of another organisation. */
export const firstFilesTaskQueue = (taskQueue: string): string => `${taskQueue}-first-files`;

const WORKFLOW_ID_PREFIX = 'client-import:';
export const importWorkflowId = (importId: string): string => `${WORKFLOW_ID_PREFIX}${importId}`;
/** The import whose workflow has this id; `undefined` for an id of another kind. */
export const importIdOf = (workflowId: string): string | undefined =>
  workflowId.startsWith(WORKFLOW_ID_PREFIX) ? workflowId.slice(WORKFLOW_ID_PREFIX.length) : undefined;
/** Spreadsheet rows in one file, header not counted (the help page's limit), unless the installation sets another. */
export const MAX_ROWS_PER_FILE = 500;
/** The most rows that an installation or an organisation may be given. */
export const LARGEST_MAX_ROWS = 100_000;

/** The template of a file, and so the kind of its people. */
export const IMPORT_KINDS = ['clients', 'staff'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** `preview` stops after the plan until it is applied. */
export const IMPORT_MODES = ['apply', 'preview'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/**
 * How to treat a row whose address already belongs to a person of the same kind. A person whom an import has created and none
 * has invited counts as new, whatever is chosen.
 */
export const ON_EXISTING = [
  /** The row is rejected. */
  'error',
  /** A person who has not accepted yet is invited again; others stay as they are. */
  'invite',
  /** The row is skipped. */
  'skip',
  /** The fields that differ are changed. */
  'update',
] as const;
export type OnExisting = (typeof ON_EXISTING)[number];

/** Input of the workflow `importFile`: ids only, no personal data. */
export interface ImportInput {
  importId: string;
  organisationId: string;
  /**
   * The first step takes the file as far as it goes. A flag of the input and not a patch, which costs two events: workers that know
   * the step are started before an API that sets it.
   */
  atOnce?: true;
  /** Its organisation had no other import under way, so that it goes before the files of organisations with many. */
  goesFirst?: true;
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

/** What its workflow returns: the last counts that are not zero. */
export interface ImportResult extends Pick<ImportProgress, 'importId' | 'status' | 'lines'> {
  rows: Partial<ImportProgress['rows']>;
  invitations: Record<Channel, Partial<Record<InvitationState, number>>>;
}

/** Who pauses the sends of an import: staff all of them, a provider those of its channel. */
export type PausedBy = 'staff' | Channel;

/** Who pauses an import, each with the reason; `null` for staff, who need none. */
export type Pauses = Partial<Record<PausedBy, ProblemCode | null>>;

/** Whether nothing may be sent on this channel. */
export const isPaused = (pauses: Pauses, channel: Channel): boolean =>
  pauses.staff !== undefined || pauses[channel] !== undefined;

/** The timing of a workflow. It comes from the worker's configuration, with the plan. */
export interface Timing {
  createChunkRows: number;
  inviteChunkRows: number;
  /** Pages that one run of the workflow takes, of an import of several. Absent from the plans of older builds. */
  pagesPerRun?: number;
  /** From the claim of a send until its outcome can be looked up at the provider, in milliseconds. */
  settleWindowMs: number;
  /** How long an import that needs attention stays open for retries, in milliseconds. */
  stayOpenMs: number;
  /** How long a preview can still be applied, in milliseconds. */
  approvalMs: number;
}

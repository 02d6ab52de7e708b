import type { ImportProgress, Pauses, Timing } from './import';
import type { ImportStatus } from './import-status';
import type { Channel, InvitationOutcome, InvitationState } from './invitation';
import type { ProblemCode } from './problem-codes';
import { emptyProgress, NEEDS_ATTENTION_STATES } from './progress';
import type { PagesLeft } from './pages/pages';
import type { RowOutcome, RowStatus } from './row';
import { countLines, parseRowSet } from './row-set';
import type { RowSet } from './row-set';

/**
 * A whole import in MongoDB at one moment: lines, states and codes, no personal data. Every activity returns it, and a workflow
 * knows nothing else. Of two snapshots the one with the higher revision is newer, in whatever order they arrive.
 */
export interface ImportSnapshot {
  /** `SNAPSHOT_VERSION` of the build that took it; absent for 1. */
  version?: number;
  /** The cluster time of the read: seconds since 1970 × 10⁶, plus a count within the second. */
  revision: number;
  status: ImportStatus;
  rows: RowOutcome[];
  /** The newest generation of each invitation. */
  invitations: InvitationOutcome[];
  /**
   * What is left to do, of an import of several pages. Its groups have counts, and name the first of their lines, since a step may
   * return no more than Temporal takes.
   */
  pages?: PagesLeft;
  pausedBy: Pauses;
  /** Staff have cancelled it; messages in flight may still have to be settled. */
  isCancelling?: true;
  /** Errors of the file as a whole; with one of them no row was staged. */
  fileProblems?: ProblemCode[];
  /** Remaining time to apply the plan of a preview, in milliseconds. */
  applyForMs?: number;
  /** Remaining time for rows to wait for their team, in milliseconds. */
  waitForMs?: number;
}

/**
 * Counts the changes of what activities return that a workflow of another build could misread. Results are kept in histories, and
 * during an upgrade both builds run: a field may be added, and none that was there may go or change its meaning.
 */
export const SNAPSHOT_VERSION = 1;

/**
 * Checks a snapshot of any build: one of an older build has fewer fields, one of a newer build may have more. Throws for what is no
 * snapshot, so that the failure of the task names its cause.
 */
export function readSnapshot(result: Partial<ImportSnapshot> | null | undefined): ImportSnapshot {
  const { revision, status, rows, invitations, pausedBy, version = 1 } = result ?? {};
  if (revision === undefined || !status || !rows || !invitations || !pausedBy) {
    throw new Error(`This build cannot read a step's result of version ${version}: it knows up to ${SNAPSHOT_VERSION}`);
  }
  return result as ImportSnapshot;
}

/** The result of `planImport`: the planned import, and the timing of its workflow. */
export interface ImportPlan {
  snapshot: ImportSnapshot;
  timing: Timing;
}

/** The result of `importRows`: the import as far as it went. */
export interface ImportPass extends ImportPlan {
  /** Whether it was closed, since nothing was left to do. */
  isClosed: boolean;
  /** How long to wait for the provider of a channel that was busy, in milliseconds. */
  delays: Partial<Record<Channel, number>>;
}

/** The result of `importPage`. */
export interface PagePass extends Pick<ImportPass, 'delays'> {
  /** Whether nothing was done, since staff have paused or cancelled the import. */
  isHeld: boolean;
}

type Rows = Pick<ImportSnapshot, 'rows'>;
type Invitations = Pick<ImportSnapshot, 'invitations'>;
const ascending = (lines: number[]): number[] => lines.sort((a, b) => a - b);

/** How many lines a group has. */
export const countOf = ({ rows, count }: { rows: RowSet; count?: number }): number => count ?? countLines(rows);

/** Whether any line is in this status. */
export const hasRows = ({ rows }: Rows, status: RowStatus): boolean => rows.some((group) => group.status === status);

/** Whether any invitation of this channel is in this state. */
export const hasInvitations = ({ invitations }: Invitations, channel: Channel, state: InvitationState): boolean =>
  invitations.some((group) => group.channel === channel && group.state === state);

/** Lines in this status, ascending. */
export const linesIn = ({ rows }: Rows, status: RowStatus): number[] =>
  ascending(rows.flatMap((group) => (group.status === status ? parseRowSet(group.rows) : [])));

/** Lines whose invitation on this channel is in one of these states, ascending. */
export const invitationLines = (
  { invitations }: Invitations,
  channel: Channel,
  ...states: InvitationState[]
): number[] =>
  ascending(
    invitations.flatMap((group) =>
      group.channel === channel && states.includes(group.state) ? parseRowSet(group.rows) : [],
    ),
  );

/** How many lines need a person: rejected, or with an invitation that needs attention. */
export function countNeedingAttention({
  rows,
  invitations,
  pages,
}: Rows & Invitations & { pages?: PagesLeft }): number {
  if (pages) return pages.needingAttention;
  const groups = [
    ...rows.filter(({ status }) => status === 'rejected'),
    ...invitations.filter(({ state }) => NEEDS_ATTENTION_STATES.includes(state)),
  ];
  return new Set(groups.flatMap((group) => parseRowSet(group.rows))).size;
}

/** The pending invitations of a channel that may be sent are due in so many milliseconds since the snapshot; `Infinity` without any. */
export const nextDueMs = ({ invitations }: Invitations, channel: Channel): number =>
  invitations.reduce(
    (least, { channel: of, state, deferred }) =>
      of === channel && state === 'pending' ? Math.min(least, deferred?.forMs ?? 0) : least,
    Infinity,
  );

/** All that is left to send is due later, and nothing else is left to do. */
export const isScheduled = (snapshot: Rows & Invitations): boolean => {
  const { rows, invitations } = snapshot;
  const isHeldBack = invitations.some(({ state, deferred }) => state === 'pending' && deferred);
  return (
    isHeldBack &&
    !rows.some(({ status }) => status === 'pending') &&
    !invitations.some(({ state, deferred }) => state === 'sending' || (state === 'pending' && !deferred))
  );
};

/** The counts of a snapshot, with the caller's status. */
export function countSnapshot(
  importId: string,
  status: ImportStatus,
  { rows, invitations }: Rows & Invitations,
): ImportProgress {
  const progress = emptyProgress(importId, status);
  for (const group of rows) {
    const count = countOf(group);
    progress.lines += count;
    progress.rows[group.status] += count;
  }
  for (const group of invitations) {
    progress.invitations[group.channel][group.state] += countOf(group);
  }
  return progress;
}

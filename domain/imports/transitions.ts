import {
  canCancel,
  canCorrect,
  canPause,
  canRemind,
  canUndo,
  followsCounts,
  isFinal,
  isUndone,
  statusesThat,
} from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';

export interface ImportTransition {
  from: readonly ImportStatus[];
  /** If there are several, the caller chooses. */
  to: readonly ImportStatus[];
  /** The statuses that the transition leaves as they are. */
  keeps?: readonly ImportStatus[];
  /** Whether a step that counted the import before must not close it on that count. */
  revises?: true;
  /** Whether the transition closes the import, or reopens it. */
  closed?: boolean;
}

const isPlanned = (status: ImportStatus): boolean => status !== 'queued';

/**
 * All transitions of an import: from which statuses, and to which. The store derives its compare-and-set from this table, so
 * no other transition can happen.
 */
export const IMPORT_TRANSITIONS = {
  plan: { from: ['queued'], to: ['planning'] },
  /** The rows are staged, or the file as a whole has problems. */
  stage: { from: [], to: [], keeps: ['planning'] },
  /** The same, where staff have paused the import before it had a plan. */
  stagePaused: { from: ['planning'], to: ['paused'], revises: true },
  /** The rows of a preview are staged. */
  preview: { from: ['planning'], to: ['awaiting-approval'] },
  /** A new plan replaces the outdated one of a preview. */
  restage: { from: [], to: [], keeps: ['awaiting-approval'] },
  /** An administrator wants the plan of a preview applied. */
  requestApply: { from: [], to: [], keeps: ['awaiting-approval'], revises: true },
  /** The plan that was to be applied is outdated or has expired. */
  refuseApply: { from: [], to: [], keeps: ['awaiting-approval'] },
  applyPlan: { from: ['awaiting-approval'], to: ['planning'] },
  write: { from: ['planning'], to: ['creating'] },
  send: { from: ['planning', 'creating', 'settling', 'scheduled'], to: ['inviting'] },
  settle: { from: ['inviting', 'scheduled'], to: ['settling'] },
  /** All that is left to send is due later. */
  schedule: { from: ['planning', 'creating', 'inviting', 'settling'], to: ['scheduled'] },
  /** When it is sent was changed. */
  reschedule: { from: [], to: [], keeps: statusesThat((status) => !isFinal(status)), revises: true },
  /** Rows no longer wait for their client team. */
  release: { from: ['waiting', 'needs-attention'], to: ['creating'], revises: true, closed: false },

  /** The workflow has counted the import, or gives up. A workflow that was reset may close an ended import again. */
  close: {
    from: statusesThat((status) => isPlanned(status) && !isUndone(status)),
    to: ['waiting', 'needs-attention', 'paused', ...statusesThat((status) => isFinal(status) && !isUndone(status))],
    revises: true,
    closed: true,
  },
  /** Reports of a provider have changed the counts of an import that has ended or rests. */
  recount: { from: statusesThat(followsCounts), to: statusesThat(followsCounts), revises: true },

  pause: { from: statusesThat(canPause), to: ['paused'], revises: true },
  resume: { from: ['paused'], to: ['inviting'], revises: true },
  /** Before the import has a plan, a pause and its end are marks alone: it is planned all the same. */
  pauseEarly: { from: [], to: [], keeps: ['queued', 'planning'], revises: true },
  resumeEarly: { from: [], to: [], keeps: ['queued', 'planning'], revises: true },
  /** An import that has ended is undone at once; one that has not is cancelled first. */
  undo: { from: statusesThat((status) => canUndo(status) && isFinal(status)), to: ['undoing'], revises: true },
  undoOnceCancelled: {
    from: [],
    to: [],
    keeps: statusesThat((status) => canUndo(status) && !isFinal(status)),
    revises: true,
  },
  /** It has ended as cancelled, and its undo was asked for. */
  closeToUndo: {
    from: statusesThat((status) => isPlanned(status) && !isFinal(status) && !isUndone(status)),
    to: ['undoing'],
    revises: true,
    closed: true,
  },
  endUndo: { from: ['undoing'], to: ['undone'], revises: true, closed: true },
  /** The import is not shown as paused on its way to `cancelled`. */
  requestCancel: { from: [], to: [], keeps: statusesThat(canCancel), revises: true },

  /** A paused import stays paused: resuming it sends what was opened. */
  retry: {
    from: statusesThat((status) => canRemind(status) || status === 'cancelled' || status === 'failed'),
    to: ['inviting'],
    keeps: ['paused'],
    revises: true,
    closed: false,
  },
  /** Somebody is active again whose messages were stopped meanwhile. A paused import stays paused. */
  goOn: { from: statusesThat(canRemind), to: ['inviting'], keeps: ['paused'], revises: true, closed: false },
  remind: { from: statusesThat(canRemind), to: ['inviting'], revises: true, closed: false },
  correct: {
    from: ['waiting', 'completed', 'completed-with-problems', 'needs-attention'],
    to: ['creating'],
    keeps: statusesThat((status) => canCorrect(status) && !followsCounts(status) && status !== 'waiting'),
    revises: true,
    closed: false,
  },
} as const satisfies Record<string, ImportTransition>;
export type ImportTransitionName = keyof typeof IMPORT_TRANSITIONS;

import {
  canCancel,
  canCorrect,
  canPause,
  canRemind,
  followsCounts,
  isFinal,
  statusesThat,
} from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';

export interface ImportTransition {
  from: readonly ImportStatus[];
  /** Where there are several, the caller says which. */
  to: readonly ImportStatus[];
  /** The statuses in which the transition is made, too, but the status stays as it is. */
  keeps?: readonly ImportStatus[];
  /** A step that has counted the import before must not close it on that count. */
  revises?: true;
  /** Whether the import is closed from now on, or open again. */
  closed?: boolean;
}

const isPlanned = (status: ImportStatus): boolean => status !== 'queued';

/**
 * All transitions of an import: from which statuses, and to which. The store makes its compare-and-set of this table, so a
 * transition that is not here changes nothing.
 */
export const IMPORT_TRANSITIONS = {
  plan: { from: ['queued'], to: ['planning'] },
  /** The rows are staged, or the file as a whole has problems. */
  stage: { from: [], to: [], keeps: ['planning'] },
  /** The rows of a preview are staged. */
  preview: { from: ['planning'], to: ['awaiting-approval'] },
  /** Another plan takes the place of a preview's outdated one. */
  restage: { from: [], to: [], keeps: ['awaiting-approval'] },
  applyPlan: { from: ['awaiting-approval'], to: ['planning'] },
  write: { from: ['planning'], to: ['creating'] },
  send: { from: ['planning', 'creating', 'settling'], to: ['inviting'] },
  settle: { from: ['inviting'], to: ['settling'] },
  /** Rows need not wait for their client team any longer. */
  release: { from: ['waiting', 'needs-attention'], to: ['creating'], revises: true, closed: false },

  /** The workflow has counted, or gives up. A run that was reset closes an import again that has ended since. */
  close: {
    from: statusesThat(isPlanned),
    to: ['waiting', 'needs-attention', 'paused', ...statusesThat(isFinal)],
    revises: true,
    closed: true,
  },
  /** Reports of a provider have changed the counts of an import that has ended or rests. */
  recount: { from: statusesThat(followsCounts), to: statusesThat(followsCounts), revises: true },

  pause: { from: statusesThat(canPause), to: ['paused'], revises: true },
  resume: { from: ['paused'], to: ['inviting'], revises: true },
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

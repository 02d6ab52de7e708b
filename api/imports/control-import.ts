import { canCancel, canPause, isFinal } from '../../contract/import-status';
import { CLOCK_GRAIN_MS, fenceOf } from '../../domain/invitations/windows';
import { isCancelling } from '../../store/documents';
import type { ImportDoc } from '../../store/documents';
import type { ListedImport } from '../../store/imports/imports';
import type { AppDeps } from '../app-deps';
import { conflict, temporarilyUnavailable } from '../http/http-problem';
import type { HttpProblem } from '../http/http-problem';

export const CONTROL_ACTIONS = ['pause', 'resume', 'cancel'] as const;
export type ControlAction = (typeof CONTROL_ACTIONS)[number];

/**
 * Pause, resume and cancel, for one import and for each of a batch. Each is one write to MongoDB, which senders look at before each
 * request: what is accepted is carried out, whoever else is away.
 */
export function createControls({ store, config }: Pick<AppDeps, 'store' | 'config'>) {
  const find = async (importId: string): Promise<ImportDoc> => (await store.imports.find(importId))!;
  /** A claim from before the write may not have seen it. */
  const isQuiet = async (importId: string): Promise<boolean> =>
    !(await store.ledger.mayBegin(importId, fenceOf(config.invitations.deadlineMs) + CLOCK_GRAIN_MS));

  const write: Readonly<Record<ControlAction, (importId: string) => Promise<ImportDoc | null>>> = {
    pause: (id) => store.pauses.pause(id, 'staff', {}, { wakes: true }),
    resume: (id) => store.pauses.resume(id, { wakes: true }),
    cancel: (id) => store.pauses.pause(id, 'staff', { cancels: true }, { wakes: true }),
  };
  const inEffect: Readonly<Record<ControlAction, (importDoc: ImportDoc) => Promise<boolean> | boolean>> = {
    // An import without a plan is paused as soon as it has one.
    pause: async ({ _id, status, pausedBy }) =>
      (status === 'paused' || !pausedBy?.staff || isFinal(status)) && (await isQuiet(_id)),
    resume: () => true,
    cancel: ({ status }) => isFinal(status),
  };

  return {
    /** Writes a command to an import. Throws a 409 or 503 that says why it was not accepted. */
    async give(importDoc: ListedImport, action: ControlAction): Promise<void> {
      const { _id: id } = importDoc;
      // Where the write changes nothing, the import has changed since it was read.
      let problem = PROBLEMS[action](importDoc);
      for (let tries = 3; !problem && !(await write[action](id)); tries--)
        problem = PROBLEMS[action](await find(id)) ?? (tries > 1 ? undefined : CHANGING);
      if (problem) throw problem;
    },

    isInEffect: async (importId: string, action: ControlAction): Promise<boolean> =>
      inEffect[action](await find(importId)),
  };
}

const CHANGING = temporarilyUnavailable('This import is changing, and the request was not carried out. Send it again.');
const BEING_CANCELLED = 'This import is being cancelled and sends nothing more. A cancellation cannot be undone.';

const PROBLEMS: Readonly<Record<ControlAction, (importDoc: ListedImport) => HttpProblem | undefined>> = {
  pause: pauseProblem,
  resume: resumeProblem,
  cancel: cancelProblem,
};

function pauseProblem({ status, pausedBy, options, plannedAt }: ListedImport): HttpProblem | undefined {
  if (isCancelling({ pausedBy })) return conflict('nothing-to-pause', BEING_CANCELLED);
  const isPreview = status === 'awaiting-approval' || (options.mode === 'preview' && !plannedAt);
  if (canPause(status) && !isPreview) return undefined;
  const why = isPreview
    ? 'It sends nothing until its plan is applied. To end it, cancel it.'
    : `It is ${status} and sends nothing.`;
  return conflict('nothing-to-pause', `This import cannot be paused. ${why}`);
}

function resumeProblem({ status, pausedBy }: ListedImport): HttpProblem | undefined {
  if (isCancelling({ pausedBy })) return conflict('nothing-to-resume', BEING_CANCELLED);
  if (status === 'paused' || (canPause(status) && pausedBy?.staff)) return undefined;
  return conflict('nothing-to-resume', `This import is ${status}, not paused.`);
}

function cancelProblem({ status }: ListedImport): HttpProblem | undefined {
  if (canCancel(status)) return undefined;
  return conflict(
    'nothing-to-cancel',
    `This import is ${status}, so there is nothing to cancel. People created and messages sent remain.`,
  );
}

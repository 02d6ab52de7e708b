import { Router } from 'express';
import type { Request } from 'express';
import { canCancel, canPause } from '../../contract/import-status';
import type { ImportProgress } from '../../contract/import';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { allowAllRoles } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { conflict } from '../http/http-problem';
import type { HttpProblem } from '../http/http-problem';
import { linksOf } from '../http/links';

/**
 * Pause, resume and cancel answer once they are in effect: after a pause or a cancellation no invitation is sent. MongoDB is
 * checked first, since the update would start a new run of an import that has ended.
 */
export function createPauseRouter({ store, service, linkBase }: AppDeps): Router {
  const router = Router();

  const act = async (
    request: Request,
    check: (importDoc: ImportDoc) => HttpProblem | undefined,
    update: (importDoc: ImportDoc) => Promise<ImportProgress>,
  ) => {
    const importDoc = await findImport(store, request);
    const problem = check(importDoc);
    if (problem) throw problem;
    await update(importDoc);
    const { status, rows, invitations } = (await store.progress.find(importDoc._id))!;
    return { id: importDoc._id, status, rows, invitations, links: linksOf(importDoc._id, linkBase) };
  };

  router.post('/:id/pause', allowAllRoles, async (request, response) => {
    response.json(await act(request, pauseProblem, (importDoc) => service.pause(importDoc)));
  });
  router.post('/:id/resume', allowAllRoles, async (request, response) => {
    response.json(await act(request, resumeProblem, (importDoc) => service.resume(importDoc)));
  });
  router.post('/:id/cancel', allowAllRoles, async (request, response) => {
    response.json(await act(request, cancelProblem, (importDoc) => service.cancel(importDoc)));
  });

  return router;
}

const BEING_CANCELLED = 'This import is being cancelled and sends nothing more. A cancellation cannot be undone.';

function pauseProblem({ status, pausedBy }: ImportDoc): HttpProblem | undefined {
  if (pausedBy?.staff?.cancels) return conflict('nothing-to-pause', BEING_CANCELLED);
  if (canPause(status)) return undefined;
  const why =
    status === 'awaiting-approval'
      ? 'It sends nothing until its plan is applied. To end it, cancel it.'
      : `It is ${status} and sends nothing.`;
  return conflict('nothing-to-pause', `This import cannot be paused. ${why}`);
}

function resumeProblem({ status, pausedBy }: ImportDoc): HttpProblem | undefined {
  if (pausedBy?.staff?.cancels) return conflict('nothing-to-resume', BEING_CANCELLED);
  if (status === 'paused') return undefined;
  return conflict('nothing-to-resume', `This import is ${status}, not paused.`);
}

function cancelProblem({ status }: ImportDoc): HttpProblem | undefined {
  if (canCancel(status)) return undefined;
  return conflict(
    'nothing-to-cancel',
    `This import is ${status}, so there is nothing to cancel. People created and messages sent remain.`,
  );
}

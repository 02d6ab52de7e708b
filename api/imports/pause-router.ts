import { Router } from 'express';
import type { Request } from 'express';
import { canCancel, canPause } from '../../contract/import-status';
import type { ImportProgress } from '../../contract/import';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { allow } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { HttpProblem } from '../http/http-problem';
import { linksOf } from '../http/links';

/**
 * The routes by which staff pause, resume or cancel an import. They answer once that is true: after a pause or a
 * cancellation no invitation is sent. MongoDB is asked first, because the update begins a new run where the workflow has ended.
 */
export function createPauseRouter({ store, service, places }: AppDeps): Router {
  const router = Router();
  const mayPause = allow('systemAdministrator', 'userAdministrator', 'support');

  const answer = async (
    request: Request,
    check: (importDoc: ImportDoc) => HttpProblem | undefined,
    act: (importDoc: ImportDoc) => Promise<ImportProgress>,
  ) => {
    const importDoc = await findImport(store, request);
    const problem = check(importDoc);
    if (problem) throw problem;
    await act(importDoc);
    const { status, rows, invitations } = (await store.progress.find(importDoc._id))!;
    return { id: importDoc._id, status, rows, invitations, links: linksOf(importDoc._id, places) };
  };

  router.post('/:id/pause', mayPause, async (request, response) => {
    response.json(await answer(request, pauseProblem, (importDoc) => service.pause(importDoc)));
  });
  router.post('/:id/resume', mayPause, async (request, response) => {
    response.json(await answer(request, resumeProblem, (importDoc) => service.resume(importDoc)));
  });
  router.post('/:id/cancel', mayPause, async (request, response) => {
    response.json(await answer(request, cancelProblem, (importDoc) => service.cancel(importDoc)));
  });

  return router;
}

const BEING_CANCELLED = 'This import is being cancelled, which cannot be undone: it sends nothing more.';

function pauseProblem({ status, pausedBy }: ImportDoc): HttpProblem | undefined {
  if (pausedBy?.staff?.cancels) return new HttpProblem(409, 'nothing-to-pause', BEING_CANCELLED);
  if (canPause(status)) return undefined;
  const why =
    status === 'awaiting-approval'
      ? 'It sends nothing before its plan is applied. To end it, cancel it.'
      : `It is ${status} and sends nothing.`;
  return new HttpProblem(409, 'nothing-to-pause', `This import cannot be paused. ${why}`);
}

function resumeProblem({ status, pausedBy }: ImportDoc): HttpProblem | undefined {
  if (pausedBy?.staff?.cancels) return new HttpProblem(409, 'nothing-to-resume', BEING_CANCELLED);
  if (status === 'paused') return undefined;
  return new HttpProblem(409, 'nothing-to-resume', `This import is ${status}: it is not paused.`);
}

function cancelProblem({ status }: ImportDoc): HttpProblem | undefined {
  if (canCancel(status)) return undefined;
  return new HttpProblem(
    409,
    'nothing-to-cancel',
    `This import is ${status}: there is nothing left to cancel. It cannot undo what was created and sent.`,
  );
}

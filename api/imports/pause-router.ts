import { Router } from 'express';
import type { Request } from 'express';
import { HOLDABLE_STATUSES, isFinal } from '../../contract/import';
import type { ImportProgress } from '../../contract/import';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { allow } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { HttpProblem } from '../http/http-problem';
import { linksOf } from '../views';

/**
 * The routes by which staff hold an import back, let it go on, or end it. They answer when it is true: from then on no
 * invitation is sent. MongoDB is asked first, because the question begins a new run of an import whose workflow has ended.
 */
export function createPauseRouter({ store, service, places }: AppDeps): Router {
  const router = Router();
  const mayHold = allow('systemAdministrator', 'userAdministrator', 'support');

  const answer = async (
    request: Request,
    refuse: (importDoc: ImportDoc) => HttpProblem | undefined,
    act: (importDoc: ImportDoc) => Promise<ImportProgress>,
  ) => {
    const importDoc = await findImport(store, request);
    const refusal = refuse(importDoc);
    if (refusal) throw refusal;
    await act(importDoc);
    const { status, rows, invitations } = (await store.progress.find(importDoc._id))!;
    return { id: importDoc._id, status, rows, invitations, links: linksOf(importDoc._id, places) };
  };

  router.post('/:id/pause', mayHold, async (request, response) => {
    response.json(await answer(request, refusePause, (importDoc) => service.pause(importDoc)));
  });
  router.post('/:id/resume', mayHold, async (request, response) => {
    response.json(await answer(request, refuseResume, (importDoc) => service.resume(importDoc)));
  });
  router.post('/:id/cancel', mayHold, async (request, response) => {
    response.json(await answer(request, refuseCancel, (importDoc) => service.cancel(importDoc)));
  });

  return router;
}

const BEING_CANCELLED = 'This import is being cancelled, which cannot be taken back: nothing more of it is sent.';

function refusePause({ status, pausedBy }: ImportDoc): HttpProblem | undefined {
  if (pausedBy?.staff?.cancels) return new HttpProblem(409, 'nothing-to-pause', BEING_CANCELLED);
  if (HOLDABLE_STATUSES.includes(status)) return undefined;
  const why =
    status === 'awaiting-approval'
      ? 'Nothing is sent before its plan is applied. To end it, cancel it.'
      : `It is ${status}: nothing is being sent.`;
  return new HttpProblem(409, 'nothing-to-pause', `This import cannot be held back. ${why}`);
}

function refuseResume({ status, pausedBy }: ImportDoc): HttpProblem | undefined {
  if (pausedBy?.staff?.cancels) return new HttpProblem(409, 'nothing-to-resume', BEING_CANCELLED);
  if (status === 'paused') return undefined;
  return new HttpProblem(409, 'nothing-to-resume', `This import is ${status}: nothing holds it back.`);
}

function refuseCancel({ status }: ImportDoc): HttpProblem | undefined {
  if (!isFinal(status)) return undefined;
  return new HttpProblem(
    409,
    'nothing-to-cancel',
    `This import is ${status}: there is nothing left to cancel. What was created and sent cannot be taken back.`,
  );
}

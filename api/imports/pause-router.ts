import type { Request, RequestHandler } from 'express';
import { canCancel, canPause, isFinal } from '../../contract/import-status';
import { isCancelling } from '../../store/documents';
import type { ImportDoc } from '../../store/documents';
import { CLOCK_GRAIN_MS, fenceOf } from '../../domain/invitations/windows';
import type { AppDeps } from '../app-deps';
import { findImport } from '../http/find-import';
import { conflict, temporarilyUnavailable } from '../http/http-problem';
import type { HttpProblem } from '../http/http-problem';
import { linksOf } from '../http/links';
import { EFFECT_MS, waitFor } from '../http/wait-for';
import { reply, route } from '../routing/route';
import type { Reply, Route } from '../routing/route';
import { cancelImport, pauseImport, resumeImport } from './import-routes';

/**
 * Pause, resume and cancel. Each is one write to MongoDB, which senders look at before each request: what is accepted is carried
 * out, whoever else is away. They answer 200 once they are in effect, or 202 where that takes longer, always with the state as it
 * is then.
 */
export function createPauseRoutes(
  { store, outbox, config, linkBase }: Pick<AppDeps, 'store' | 'outbox' | 'config' | 'linkBase'>,
  limit: RequestHandler,
): Route[] {
  /** A claim from before the write may not have seen it. */
  const isQuiet = async (importId: string): Promise<boolean> =>
    !(await store.ledger.mayBegin(importId, fenceOf(config.invitations.deadlineMs) + CLOCK_GRAIN_MS));
  const find = async ({ _id }: ImportDoc): Promise<ImportDoc> => (await store.imports.find(_id))!;

  async function act(
    request: Request,
    check: (importDoc: ImportDoc) => HttpProblem | undefined,
    write: (importDoc: ImportDoc) => Promise<ImportDoc | null>,
    isInEffect: (importDoc: ImportDoc) => boolean | Promise<boolean>,
  ): Promise<Reply<typeof pauseImport>> {
    const importDoc = await findImport(store, request);
    const { _id: id } = importDoc;
    // Where the write changes nothing, the import has changed since it was read.
    let problem = check(importDoc);
    for (let tries = 3; !problem && !(await write(importDoc)); tries--)
      problem = check(await find(importDoc)) ?? (tries > 1 ? undefined : CHANGING);
    if (problem) throw problem;
    outbox.poke();
    const isDone = await waitFor(async () => isInEffect(await find(importDoc)), EFFECT_MS);
    const { pausedBy } = await find(importDoc);
    const { status, rows, invitations } = (await store.progress.find(id))!;
    const cancelling = isCancelling({ pausedBy });
    const view = { id, status, cancelling, rows, invitations, links: linksOf(id, linkBase) };
    return reply(isDone ? 200 : 202, view, { Location: `/v1/imports/${id}` });
  }

  return [
    route(
      pauseImport,
      (_input, request) =>
        act(
          request,
          pauseProblem,
          ({ _id }) => store.pauses.pause(_id, 'staff', {}, { wakes: true }),
          // An import without a plan is paused as soon as it has one.
          async ({ _id, status, pausedBy }) =>
            (status === 'paused' || !pausedBy?.staff || isFinal(status)) && (await isQuiet(_id)),
        ),
      [limit],
    ),
    route(
      resumeImport,
      (_input, request) =>
        act(
          request,
          resumeProblem,
          ({ _id }) => store.pauses.resume(_id, { wakes: true }),
          () => true,
        ),
      [limit],
    ),
    route(
      cancelImport,
      (_input, request) =>
        act(
          request,
          cancelProblem,
          ({ _id }) => store.pauses.pause(_id, 'staff', { cancels: true }, { wakes: true }),
          ({ status }) => isFinal(status),
        ),
      [limit],
    ),
  ];
}

const CHANGING = temporarilyUnavailable('This import is changing, and the request was not carried out. Send it again.');
const BEING_CANCELLED = 'This import is being cancelled and sends nothing more. A cancellation cannot be undone.';

function pauseProblem({ status, pausedBy, options, plannedAt }: ImportDoc): HttpProblem | undefined {
  if (isCancelling({ pausedBy })) return conflict('nothing-to-pause', BEING_CANCELLED);
  const isPreview = status === 'awaiting-approval' || (options.mode === 'preview' && !plannedAt);
  if (canPause(status) && !isPreview) return undefined;
  const why = isPreview
    ? 'It sends nothing until its plan is applied. To end it, cancel it.'
    : `It is ${status} and sends nothing.`;
  return conflict('nothing-to-pause', `This import cannot be paused. ${why}`);
}

function resumeProblem({ status, pausedBy }: ImportDoc): HttpProblem | undefined {
  if (isCancelling({ pausedBy })) return conflict('nothing-to-resume', BEING_CANCELLED);
  if (status === 'paused' || (canPause(status) && pausedBy?.staff)) return undefined;
  return conflict('nothing-to-resume', `This import is ${status}, not paused.`);
}

function cancelProblem({ status }: ImportDoc): HttpProblem | undefined {
  if (canCancel(status)) return undefined;
  return conflict(
    'nothing-to-cancel',
    `This import is ${status}, so there is nothing to cancel. People created and messages sent remain.`,
  );
}

import type { Request, RequestHandler } from 'express';
import { isCancelling } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { findImport } from '../http/find-import';
import { linksOf } from '../http/links';
import { waitForEffect } from '../http/wait-for';
import { reply, route } from '../routing/route';
import type { Reply, Route } from '../routing/route';
import { createControls } from './control-import';
import type { ControlAction } from './control-import';
import { cancelImport, pauseImport, resumeImport } from './import-routes';

/**
 * Pause, resume and cancel one import. They answer 200 once they are in effect, or 202 where that takes longer
 * or Temporal is away, always with the state
 * as it is then.
 */
export function createPauseRoutes(
  { store, service, outbox, config, linkBase }: Pick<AppDeps, 'store' | 'service' | 'outbox' | 'config' | 'linkBase'>,
  limit: RequestHandler,
): Route[] {
  const controls = createControls({ store, config });

  async function act(request: Request, action: ControlAction): Promise<Reply<typeof pauseImport>> {
    const importDoc = await findImport(store, request);
    const { _id: id } = importDoc;
    await controls.give(importDoc, action);
    outbox.poke();
    const isDone = await waitForEffect(() => controls.isInEffect(id, action), service);
    const { pausedBy } = (await store.imports.find(id))!;
    const { status, rows, invitations } = (await store.progress.find(id))!;
    const cancelling = isCancelling({ pausedBy });
    const view = { id, status, cancelling, rows, invitations, links: linksOf(id, linkBase) };
    return reply(isDone ? 200 : 202, view, { Location: `/v1/imports/${id}` });
  }

  return [
    route(pauseImport, (_input, request) => act(request, 'pause'), [limit]),
    route(resumeImport, (_input, request) => act(request, 'resume'), [limit]),
    route(cancelImport, (_input, request) => act(request, 'cancel'), [limit]),
  ];
}

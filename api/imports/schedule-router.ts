import type { RequestHandler } from 'express';
import { isFinal } from '../../contract/import-status';
import { isCancelling } from '../../store/documents';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { findImport } from '../http/find-import';
import { conflict, temporarilyUnavailable } from '../http/http-problem';
import { waitForEffect } from '../http/wait-for';
import { importDetails } from './import-view';
import { fieldOfBody } from '../problem-types/invalid-field';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { scheduleChangeOf } from '../schedules/schedule-fields';
import { scheduleImport } from './import-routes';

/** Chooses when an import sends. One write to MongoDB, which senders look at before each request. */
export function createScheduleRoutes(deps: AppDeps, limit: RequestHandler): Route[] {
  const { store, service, outbox, config } = deps;
  const find = async (id: string): Promise<ImportDoc> => (await store.imports.find(id))!;

  return [
    route(
      scheduleImport,
      async ({ body }, request) => {
        const { _id: id } = await findImport(store, request);
        const change = scheduleChangeOf(body, { aheadDays: config.sendAheadDays, nameField: fieldOfBody });
        const { ignoreQuietHours: ignoresQuietHours, ...when } = body;
        request.audit?.note({ ...when, ...(ignoresQuietHours !== undefined && { ignoresQuietHours }) });
        const changed = await store.schedules.change(id, change);
        if (!changed) throw problemOf(await find(id));
        outbox.poke();
        // So that the answer shows when what is left is sent.
        if (changed.status === 'scheduled') await waitForEffect(() => store.schedules.isLookedAt(changed), service);
        return reply(200, await importDetails(deps, await find(id)));
      },
      [limit],
    ),
  ];
}

function problemOf({ status, pausedBy }: ImportDoc) {
  if (isFinal(status))
    return conflict('nothing-to-schedule', `This import is ${status}: nothing of it is left to send.`);
  if (isCancelling({ pausedBy }))
    return conflict('nothing-to-schedule', 'This import is being cancelled and sends nothing more.');
  return temporarilyUnavailable('This import is changing, and the request was not carried out. Send it again.');
}

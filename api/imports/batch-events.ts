import { z } from 'zod';
import type { ImportProgress } from '../../contract/import';
import { batchStatusOf, sumProgress } from '../../domain/imports/batch';
import type { Batch } from '../../store/imports/batches';
import type { AppDeps } from '../app-deps';
import { ALL_ROLES, callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';
import { defineRoute, route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { BATCH_ID, IMPORT_ID } from '../schemas/common';
import { eventsAnswer, RESUMING, SEEN_TO_THE_END, streamHeaders, streamQuery } from './event-schemas';
import { limitStreams, streamStates } from './events';
import { createFeed } from './progress-feed';

export const streamBatchEvents = defineRoute({
  method: 'get',
  path: '/v1/batches/{id}/events',
  operationId: 'streamBatchEvents',
  summary: 'Follow all files of an upload by server-sent events',
  description:
    '`progress` with the sums and the status of each file whenever they change, and `end` once all files rest, after which the ' +
    `stream closes. ${RESUMING}`,
  tag: 'Batches',
  access: ALL_ROLES,
  params: z.object({
    id: z
      .uuid({ error: ({ input }) => `There is no batch "${String(input)}" in your organisation.` })
      .meta({ description: 'Id of an upload.', example: BATCH_ID }),
  }),
  query: streamQuery,
  headers: streamHeaders,
  answers: {
    200: eventsAnswer(
      `event: progress\ndata: {"batch":"${BATCH_ID}","status":"completed","lines":48,"imports":[{"id":"${IMPORT_ID}","status":"completed"}]}`,
      'event: end\ndata: {"status":"completed"}',
    ),
    204: SEEN_TO_THE_END,
  },
  problems: ['too-many-streams'],
});

/** As `GET /v1/batches/{id}` has it. */
function batchState(batch: Batch, all: readonly ImportProgress[]) {
  const imports = all.map(({ importId: id, status }) => ({ id, status }));
  const status = batchStatusOf(
    imports.map((one) => one.status),
    batch.rejected.length,
  );
  return { batch: batch.id, status, ...sumProgress(all), imports };
}

export function createBatchEventsRoutes({ store }: Pick<AppDeps, 'store'>): Route[] {
  // A batch belongs to an organisation, so its id alone is no key. It has no colon.
  const keyOf = (organisationId: string, id: string): string => `${id}:${organisationId}`;
  const feed = createFeed(async (key) => {
    const colon = key.indexOf(':');
    const [id, organisationId] = [key.slice(0, colon), key.slice(colon + 1)];
    const batch = await store.batches.find(organisationId, id);
    return batch && batchState(batch, await store.progress.ofAll(batch.imports));
  });
  return [
    route(
      streamBatchEvents,
      async ({ params: { id } }, request, response) => {
        const { organisationId } = callerOf(request);
        if (!(await store.batches.find(organisationId, id))) throw notFound('batch', id);
        const followed = {
          feed,
          id: keyOf(organisationId, id),
          isAtRest: ({ status }: { status: string }) => status !== 'running',
        };
        // A HEAD would run the stream until the files rest.
        if (request.method === 'HEAD') response.type('text/event-stream').end();
        else await streamStates(followed, request, response);
        return WRITTEN;
      },
      [limitStreams()],
    ),
  ];
}

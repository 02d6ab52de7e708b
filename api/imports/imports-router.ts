import { json, Router } from 'express';
import { z } from 'zod';
import { IMPORT_STATUSES } from '../../contract/import-status';
import { applyPlan } from './apply-plan';
import type { AppDeps } from '../app-deps';
import { allow, callerOf } from '../http/authenticate';
import { streamProgress } from './events';
import { findImport } from '../http/find-import';
import { importDetails } from './import-details';
import { linksOf } from '../http/links';
import { pageLimit, parse } from '../http/parse';
import { importView } from './import-view';

const listImportsSchema = z.strictObject({
  status: z.enum(IMPORT_STATUSES).optional(),
  batch: z.uuid().optional(),
  after: z.uuid().optional(),
  limit: pageLimit(50),
});

const applySchema = z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/, 'Not the hash of a plan') });

/** The routes of imports. They translate HTTP and decide nothing. */
export function createImportsRouter(deps: AppDeps): Router {
  const { store, service, places } = deps;
  const router = Router();
  const mayImport = allow('systemAdministrator', 'userAdministrator');
  const mayLook = allow('systemAdministrator', 'userAdministrator', 'support');

  router.get('/', mayLook, async (request, response) => {
    const { status, batch, after, limit } = parse(listImportsSchema, request.query, 'query');
    const { organisationId } = callerOf(request);
    const found = await store.imports.list({
      organisationId,
      limit,
      ...(status && { status }),
      ...(batch && { batchId: batch }),
      ...(after && { after }),
    });
    const data = await Promise.all(found.map(async (one) => importView(one, await store.progress.of(one), places)));
    response.json({ data, next: found.length === limit ? found.at(-1)!._id : null });
  });

  router.get('/:id', mayLook, async (request, response) => {
    response.json(await importDetails(deps, await findImport(store, request)));
  });

  router.post('/:id/apply', mayImport, json({ type: () => true }), async (request, response) => {
    const importDoc = await findImport(store, request);
    await applyPlan(service, importDoc, parse(applySchema, request.body ?? {}, 'body').planHash);
    response
      .status(202)
      .location(`/v1/imports/${importDoc._id}`)
      .json({ id: importDoc._id, links: linksOf(importDoc._id, places) });
  });

  // Without it a HEAD would run the stream below and wait for the import's end.
  router.head('/:id/events', mayLook, async (request, response) => {
    await findImport(store, request);
    response.type('text/event-stream').end();
  });

  router.get('/:id/events', mayLook, async (request, response) => {
    await streamProgress(store, await findImport(store, request), response);
  });

  return router;
}

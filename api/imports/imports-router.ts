import { Router } from 'express';
import { z } from 'zod';
import { IMPORT_STATUSES } from '../../contract/import-status';
import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, allowAllRoles, callerOf } from '../http/authenticate';
import { limitStreams, streamProgress } from './events';
import { createProgressFeed } from './progress-feed';
import { findImport } from '../http/find-import';
import { conflict } from '../http/http-problem';
import { linksOf } from '../http/links';
import { jsonBody, pageLimit, parse } from '../http/parse';
import { importDetails, importView } from './import-view';
import type { ImportService } from '../temporal/import-service';

const listImportsSchema = z.strictObject({
  status: z.enum(IMPORT_STATUSES).optional(),
  batch: z.uuid().optional(),
  after: z.uuid().optional(),
  limit: pageLimit(50),
});

const applySchema = z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/, 'Must be the hash of a plan') });

export function createImportsRouter(deps: AppDeps): Router {
  const { store, service, linkBase } = deps;
  const router = Router();
  const feed = createProgressFeed(store);

  router.get('/', allowAllRoles, async (request, response) => {
    const { status, batch, after, limit } = parse(listImportsSchema, request.query, 'query');
    const { organisationId } = callerOf(request);
    const imports = await store.imports.list({
      organisationId,
      limit,
      ...(status && { status }),
      ...(batch && { batchId: batch }),
      ...(after && { after }),
    });
    const data = await Promise.all(
      imports.map(async (importDoc) => importView(importDoc, await store.progress.of(importDoc), linkBase)),
    );
    response.json({ data, next: imports.length === limit ? imports.at(-1)!._id : null });
  });

  router.get('/:id', allowAllRoles, async (request, response) => {
    response.json(await importDetails(deps, await findImport(store, request)));
  });

  router.post('/:id/apply', allowAdministrators, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    await applyPlan(service, importDoc, parse(applySchema, request.body ?? {}, 'body').planHash);
    response
      .status(202)
      .location(`/v1/imports/${importDoc._id}`)
      .json({ id: importDoc._id, links: linksOf(importDoc._id, linkBase) });
  });

  // Without this route a HEAD would run the stream below until the import rests.
  router.head('/:id/events', allowAllRoles, async (request, response) => {
    await findImport(store, request);
    response.type('text/event-stream').end();
  });

  router.get('/:id/events', allowAllRoles, limitStreams(), async (request, response) => {
    const { _id } = await findImport(store, request);
    await streamProgress(feed, _id, response);
  });

  return router;
}

/** MongoDB is checked first, since the update would start a new run of an import that has ended. */
async function applyPlan(service: ImportService, importDoc: ImportDoc, planHash: string): Promise<void> {
  if (importDoc.appliedAt && importDoc.planHash === planHash) return;
  if (importDoc.status !== 'awaiting-approval') {
    throw conflict(
      'nothing-to-apply',
      importDoc.options.mode === 'preview'
        ? `No plan is waiting to be applied: this import is ${importDoc.status}.`
        : 'This import is not a preview, so it has no plan to apply. Upload the file with mode=preview to review it first.',
    );
  }
  if (importDoc.planHash !== planHash) {
    throw conflict(
      'plan-outdated',
      'This hash does not match the current plan. Review the import and its rows again, then apply the plan shown there.',
    );
  }
  await service.apply(importDoc, { planHash });
}

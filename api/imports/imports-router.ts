import { json, Router } from 'express';
import type { Request } from 'express';
import { applyPlan } from './apply-plan';
import { acceptUpload } from '../uploads/accept-upload';
import type { UploadRequest } from '../uploads/accept-upload';
import { answerAccepted } from '../uploads/answer-accepted';
import type { AppDeps } from '../app-deps';
import { allow, callerOf } from '../http/authenticate';
import { streamProgress } from './events';
import { findImport } from '../http/find-import';
import { expectUsableKey, idempotencyKeyOf } from '../uploads/idempotency';
import { listRows } from '../rows/list-rows';
import { importDetails } from './import-details';
import { applySchema, listImportsSchema, listRowsSchema, parse, retrySchema, uploadSchema } from '../schemas';
import { retryInvitations } from '../invitations/retry-invitations';
import { receiveFiles } from '../uploads/receive-files';
import type { StoredFile } from '../uploads/receive-files';
import { importView, linksOf } from '../views';

/** The routes of imports. They translate HTTP and decide nothing. */
export function createImportsRouter(deps: AppDeps): Router {
  const { store, service, config, places } = deps;
  const router = Router();
  const mayImport = allow('systemAdministrator', 'userAdministrator');
  const mayLook = allow('systemAdministrator', 'userAdministrator', 'support');

  /** A form that is not understood leaves no file behind. */
  const readForm = async (request: Request, files: StoredFile[]): Promise<UploadRequest> => {
    try {
      return { source: 'file', ...parse(uploadSchema, { ...(request.body as object | undefined) }, 'form') };
    } catch (error) {
      await Promise.all(files.map(({ importId }) => store.uploads.remove(importId)));
      throw error;
    }
  };

  router.post(
    '/',
    mayImport,
    expectUsableKey,
    receiveFiles(store.uploads, config.upload),
    async (request, response) => {
      const files = (request.files ?? []) as StoredFile[];
      const form = await readForm(request, files);
      const accepted = await acceptUpload(deps, callerOf(request), files, form, idempotencyKeyOf(request));
      answerAccepted(response, accepted, places);
    },
  );

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

  router.get('/:id/rows', mayLook, async (request, response) => {
    const importDoc = await findImport(store, request);
    response.json(
      await listRows(store, importDoc, parse(listRowsSchema, request.query, 'query'), callerOf(request).role),
    );
  });

  // Without it a HEAD would run the stream below and wait for the import's end.
  router.head('/:id/events', mayLook, async (request, response) => {
    await findImport(store, request);
    response.type('text/event-stream').end();
  });

  router.get('/:id/events', mayLook, async (request, response) => {
    await streamProgress(store, await findImport(store, request), response);
  });

  router.post('/:id/retries', mayLook, json({ type: () => true }), async (request, response) => {
    const importDoc = await findImport(store, request);
    const retrying = await retryInvitations(deps, importDoc, parse(retrySchema, request.body ?? {}, 'body'));
    response
      .status(202)
      .location(`/v1/imports/${importDoc._id}`)
      .json({ retrying, links: linksOf(importDoc._id, places) });
  });

  return router;
}

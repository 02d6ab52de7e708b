import { json, Router } from 'express';
import type { Request } from 'express';
import type { ImportDoc } from '../store/documents';
import { acceptUpload } from './accept-upload';
import type { AppDeps } from './app';
import { allow, callerOf } from './authenticate';
import { streamProgress } from './events';
import { notFound } from './http-problem';
import { listRows } from './list-rows';
import { importIdSchema, listImportsSchema, listRowsSchema, parse, retrySchema } from './schemas';
import { retryInvitations } from './retry-invitations';
import { receiveFiles } from './upload';
import type { StoredFile } from './upload';
import { importView, linksOf } from './views';

/** The routes of imports. They translate HTTP and decide nothing. */
export function createImportsRouter(deps: AppDeps): Router {
  const { store, config, places } = deps;
  const router = Router();
  const mayImport = allow('systemAdministrator', 'userAdministrator');
  const mayLook = allow('systemAdministrator', 'userAdministrator', 'support');

  const findImport = async (request: Request): Promise<ImportDoc> => {
    const id = String(request.params.id);
    const found =
      importIdSchema.safeParse(id).success && (await store.imports.findIn(callerOf(request).organisationId, id));
    if (!found) throw notFound('import', id);
    return found;
  };

  router.post('/', mayImport, receiveFiles(store.uploads, config.upload), async (request, response) => {
    const files = (request.files ?? []) as StoredFile[];
    const accepted = await acceptUpload(deps, callerOf(request), files);
    const [first] = accepted;
    const batch = first!.batchId;
    const location = accepted.length === 1 ? `/v1/imports/${first!._id}` : `/v1/imports?batch=${batch}&limit=500`;
    response
      .status(202)
      .location(location)
      .set('Retry-After', '1')
      .json({
        batch,
        imports: accepted.map(({ _id, fileName }) => ({
          id: _id,
          fileName,
          status: 'queued',
          links: linksOf(_id, places),
        })),
      });
  });

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
    const found = await findImport(request);
    response.json(importView(found, await store.progress.of(found), places));
  });

  router.get('/:id/rows', mayLook, async (request, response) => {
    const found = await findImport(request);
    response.json(await listRows(store, found, parse(listRowsSchema, request.query, 'query'), callerOf(request).role));
  });

  // Without it a HEAD would run the stream below and wait for the import's end.
  router.head('/:id/events', mayLook, async (request, response) => {
    await findImport(request);
    response.type('text/event-stream').end();
  });

  router.get('/:id/events', mayLook, async (request, response) => {
    await streamProgress(store, await findImport(request), response);
  });

  router.post('/:id/retries', mayLook, json({ type: () => true }), async (request, response) => {
    const found = await findImport(request);
    const retrying = await retryInvitations(deps, found, parse(retrySchema, request.body ?? {}, 'body'));
    response
      .status(202)
      .location(`/v1/imports/${found._id}`)
      .json({ retrying, links: linksOf(found._id, places) });
  });

  return router;
}

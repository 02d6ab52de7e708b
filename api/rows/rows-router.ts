import { json, Router } from 'express';
import type { AppDeps } from '../app-deps';
import { allow, callerOf } from '../http/authenticate';
import { correctRow } from './correct-row';
import { noRow } from './correction-problems';
import { correctionSchemas, lineSchema } from './correction-schemas';
import { findImport } from '../http/find-import';
import { linksOf } from '../http/links';
import { parse } from '../http/parse';
import { listRows, listRowsSchema } from './list-rows';
import { rowView } from './row-view';

/** The routes of rows. */
export function createRowsRouter(deps: AppDeps): Router {
  const { store, places } = deps;
  const router = Router();

  router.get('/:id/rows', allow('systemAdministrator', 'userAdministrator', 'support'), async (request, response) => {
    const importDoc = await findImport(store, request);
    response.json(
      await listRows(store, importDoc, parse(listRowsSchema, request.query, 'query'), callerOf(request).role),
    );
  });

  router.patch(
    '/:id/rows/:line',
    allow('systemAdministrator', 'userAdministrator'),
    json({ type: () => true }),
    async (request, response) => {
      const importDoc = await findImport(store, request);
      const { success, data: line } = lineSchema.safeParse(request.params.line);
      if (!success) throw noRow(String(request.params.line));
      const changes = parse(correctionSchemas[importDoc.kind], request.body ?? {}, 'body');
      const isCorrected = await correctRow(deps, importDoc, line, changes);

      const importId = importDoc._id;
      const [[row], invitations] = await Promise.all([
        store.rows.page(importId, { limit: 1, among: [line] }),
        store.invitations.find({ importId, rows: [line] }),
      ]);
      if (!row) throw noRow(`${line}`);
      response
        .status(isCorrected ? 202 : 200)
        .location(`/v1/imports/${importId}`)
        .json({ ...rowView(row, invitations, callerOf(request).role), links: linksOf(importId, places) });
    },
  );

  return router;
}

import { Router } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, allowAllRoles } from '../http/authenticate';
import { correctRow } from './correct-row';
import { noRow } from './correction-problems';
import { cell } from '../directory/people-schemas';
import { findImport } from '../http/find-import';
import { linksOf } from '../http/links';
import { jsonBody, parse } from '../http/parse';
import { listRows, listRowsSchema } from './list-rows';
import { rowView } from './row-view';

const lineSchema = z
  .string()
  .regex(/^[1-9]\d{0,6}$/)
  .transform(Number);

const typedCell = cell.exactOptional();
const person = { firstName: typedCell, lastName: typedCell, email: typedCell, mobile: typedCell, role: typedCell };

/** The new cells of a row; absent cells stay as they are. */
const correctionSchemas = {
  clients: z.strictObject({ ...person, company: typedCell, group: typedCell }),
  staff: z.strictObject({ ...person, teams: typedCell }),
};

export function createRowsRouter(deps: AppDeps): Router {
  const { store, linkBase } = deps;
  const router = Router();

  router.get('/:id/rows', allowAllRoles, async (request, response) => {
    const importDoc = await findImport(store, request);
    response.json(await listRows(store, importDoc, parse(listRowsSchema, request.query, 'query')));
  });

  router.patch('/:id/rows/:line', allowAdministrators, jsonBody, async (request, response) => {
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
      .json({ ...rowView(row, invitations), links: linksOf(importId, linkBase) });
  });

  return router;
}

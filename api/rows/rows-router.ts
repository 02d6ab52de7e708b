import { Router } from 'express';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, allowAllRoles } from '../http/authenticate';
import { correctRow } from './correct-row';
import { noRow } from './correction-problems';
import { cell } from '../directory/people-schemas';
import { findImport } from '../http/find-import';
import { linksOf } from '../http/links';
import { jsonBody, parse } from '../http/parse';
import { ignoreRows, ignoreRowSchema, ignoreRowsSchema, takeRowBack } from './ignore-rows';
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
    const line = lineOf(request);
    const changes = parse(correctionSchemas[importDoc.kind], request.body ?? {}, 'body');
    await answerRow(response, importDoc._id, line, await correctRow(deps, importDoc, line, changes));
  });

  router.post('/:id/rows/:line/ignore', allowAdministrators, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    const line = lineOf(request);
    const { reason } = parse(ignoreRowSchema, request.body ?? {}, 'body');
    const fresh = await ignoreRows(deps, importDoc, { rows: [line], ...(reason !== undefined && { reason }) });
    await answerRow(response, importDoc._id, line, fresh.length > 0);
  });

  router.delete('/:id/rows/:line/ignore', allowAdministrators, async (request, response) => {
    const importDoc = await findImport(store, request);
    const line = lineOf(request);
    await answerRow(response, importDoc._id, line, await takeRowBack(deps, importDoc, line));
  });

  // Not a row, so it is no number.
  router.post('/:id/rows/ignore', allowAdministrators, jsonBody, async (request, response) => {
    const importDoc = await findImport(store, request);
    const id = importDoc._id;
    const rows = await ignoreRows(deps, importDoc, parse(ignoreRowsSchema, request.body ?? {}, 'body'));
    response
      .status(rows.length > 0 ? 202 : 200)
      .location(`/v1/imports/${id}`)
      .json({ ignored: rows, links: linksOf(id, linkBase) });
  });

  /** 202 where the import goes on because of it. */
  async function answerRow(response: Response, importId: string, line: number, isChanged: boolean): Promise<void> {
    const [[row], invitations] = await Promise.all([
      store.rows.page(importId, { limit: 1, among: [line] }),
      store.invitations.find({ importId, rows: [line] }),
    ]);
    if (!row) throw noRow(`${line}`);
    response
      .status(isChanged ? 202 : 200)
      .location(`/v1/imports/${importId}`)
      .json({ ...rowView(row, invitations), links: linksOf(importId, linkBase) });
  }

  return router;
}

function lineOf({ params }: Request): number {
  const { success, data: line } = lineSchema.safeParse(params.line);
  if (!success) throw noRow(String(params.line));
  return line;
}

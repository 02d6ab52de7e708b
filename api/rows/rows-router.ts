import type { AppDeps } from '../app-deps';
import { findImport } from '../http/find-import';
import { linksOf } from '../http/links';
import { jsonBody, parse } from '../http/parse';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { correctRow } from './correct-row';
import { noRow } from './correction-problems';
import { listRows } from './list-rows';
import { correctImportRow, correctionSchemas, listImportRows } from './row-routes';
import { rowView } from './row-view';

export function createRowsRoutes(deps: AppDeps): Route[] {
  const { store, linkBase } = deps;
  return [
    route(listImportRows, async ({ query }, request) =>
      reply(200, await listRows(store, await findImport(store, request), query)),
    ),

    route(
      correctImportRow,
      async ({ params: { line } }, request) => {
        const importDoc = await findImport(store, request);
        const changes = parse(correctionSchemas[importDoc.kind], (request.body as unknown) ?? {}, 'body');
        const isCorrected = await correctRow(deps, importDoc, line, changes);

        const importId = importDoc._id;
        const [[row], invitations] = await Promise.all([
          store.rows.page(importId, { limit: 1, among: [line] }),
          store.invitations.find({ importId, rows: [line] }),
        ]);
        if (!row) throw noRow(`${line}`);
        const view = { ...rowView(row, invitations), links: linksOf(importId, linkBase) };
        return reply(isCorrected ? 202 : 200, view, { Location: `/v1/imports/${importId}` });
      },
      [jsonBody],
    ),
  ];
}

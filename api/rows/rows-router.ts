import type { ImportDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { factsOfRows } from '../audit-log/facts';
import { callerOf } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { linksOf } from '../http/links';
import { jsonBody, parse } from '../http/parse';
import { pageReply } from '../routing/page';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { correctRow } from './correct-row';
import { noRow } from './correction-problems';
import { ignoreRows as putRowsAside, takeRowBack as takeBack } from './ignore-rows';
import { listRows } from './list-rows';
import { correctImportRow, correctionSchemas, ignoreRow, ignoreRows, listImportRows, takeRowBack } from './row-routes';
import { rowView } from './row-view';

export function createRowsRoutes(deps: AppDeps): Route[] {
  const { store, linkBase } = deps;
  return [
    route(listImportRows, async ({ query }, request) =>
      pageReply(
        request,
        linkBase,
        await listRows(store, await findImport(store, request), query, callerOf(request).role),
      ),
    ),

    route(
      correctImportRow,
      async ({ params: { line } }, request) => {
        const importDoc = await findImport(store, request);
        const changes = parse(correctionSchemas[importDoc.kind], (request.body as unknown) ?? {}, 'body');
        return replyWithRow(importDoc, line, await correctRow(deps, importDoc, line, changes));
      },
      [jsonBody],
    ),

    route(ignoreRow, async ({ params: { line }, body: { reason } }, request) => {
      const importDoc = await findImport(store, request);
      const selection = { rows: [line], ...(reason !== undefined && { reason }) };
      return replyWithRow(importDoc, line, (await putRowsAside(deps, importDoc, selection)).length > 0);
    }),

    route(takeRowBack, async ({ params: { line } }, request) => {
      const importDoc = await findImport(store, request);
      return replyWithRow(importDoc, line, await takeBack(deps, importDoc, line));
    }),

    route(ignoreRows, async ({ body }, request) => {
      const importDoc = await findImport(store, request);
      const ignored = await putRowsAside(deps, importDoc, body);
      request.audit?.note(factsOfRows(ignored));
      const id = importDoc._id;
      return reply(
        ignored.length > 0 ? 202 : 200,
        { ignored, links: linksOf(id, linkBase) },
        { Location: `/v1/imports/${id}` },
      );
    }),
  ];

  /** 202 where the import goes on, or is planned anew, because of it. */
  async function replyWithRow(importDoc: ImportDoc, line: number, isChanged: boolean) {
    const importId = importDoc._id;
    const [[row], invitations] = await Promise.all([
      store.rows.page(importId, { limit: 1, among: [line] }),
      store.invitations.find({ importId, rows: [line] }),
    ]);
    if (!row) throw noRow(`${line}`);
    const view = { ...rowView(row, invitations, importDoc), links: linksOf(importId, linkBase) };
    return reply(isChanged ? 202 : 200, view, { Location: `/v1/imports/${importId}` });
  }
}

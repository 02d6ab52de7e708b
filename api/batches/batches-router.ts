import type { Request, RequestHandler } from 'express';
import { streamWorkbook } from '../../domain/exports/stream-workbook';
import { SPREADSHEET_DIALECT } from '../../domain/exports/write-csv';
import type { Batch } from '../../store/imports/batches';
import type { AppDeps } from '../app-deps';
import { csvFile } from '../downloads/file-names';
import { toCsv } from '../downloads/report';
import { streamFile, serialiserOf } from '../http/answers';
import { callerOf } from '../http/authenticate';
import { batchLinksOf } from '../http/links';
import type { ControlAction } from '../imports/control-import';
import { reply, route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { zipFailedRows } from './batch-failed-rows';
import { findFileLimits } from '../limits/file-limits';
import { batchReportPages } from './batch-report';
import {
  cancelBatch,
  downloadBatchFailedRows,
  downloadBatchReport,
  downloadBatchWorkbook,
  getBatch,
  pauseBatch,
  resumeBatch,
  retryBatchInvitations,
} from './batch-routes';
import { batchView } from './batch-view';
import { controlBatch, retryBatch } from './command-batch';
import { findBatch } from './find-batch';

/** The files of one upload as one thing. */
export function createBatchesRoutes(deps: AppDeps, limit: RequestHandler): Route[] {
  const { store, config, linkBase } = deps;
  const find = (request: Request): Promise<Batch> => findBatch(store, request);

  async function control(request: Request, action: ControlAction) {
    const batch = await find(request);
    const { isDone, imports } = await controlBatch(deps, batch, action);
    const view = { id: batch.id, imports, links: batchLinksOf(batch.id, linkBase) };
    return reply(isDone ? 200 : 202, view, locationOf(batch));
  }
  const reportOf = async (request: Request) => {
    const batch = await find(request);
    return {
      name: `${nameOf(batch)} - report`,
      pages: batchReportPages(
        store,
        batch,
        { organisationId: callerOf(request).organisationId, serialiser: serialiserOf(request) },
        (await findFileLimits(store, callerOf(request).organisationId, config)).bytes,
      ),
    };
  };

  return [
    route(getBatch, async (_input, request) =>
      reply(200, await batchView(deps, callerOf(request).organisationId, await find(request))),
    ),
    route(pauseBatch, (_input, request) => control(request, 'pause'), [limit]),
    route(resumeBatch, (_input, request) => control(request, 'resume'), [limit]),
    route(cancelBatch, (_input, request) => control(request, 'cancel'), [limit]),
    route(
      retryBatchInvitations,
      async ({ body }, request) => {
        const batch = await find(request);
        const retried = await retryBatch(deps, batch, body);
        return reply(202, { id: batch.id, ...retried, links: batchLinksOf(batch.id, linkBase) }, locationOf(batch));
      },
      [limit],
    ),
    route(downloadBatchReport, async (_input, request, response) => {
      const { name, pages } = await reportOf(request);
      await streamFile(response, csvFile(`${name}.csv`, SPREADSHEET_DIALECT), toCsv(pages));
      return WRITTEN;
    }),
    route(downloadBatchWorkbook, async (_input, request, response) => {
      const { name, pages } = await reportOf(request);
      await streamFile(response, { name: `${name}.xlsx`, type: XLSX }, streamWorkbook('Report', pages));
      return WRITTEN;
    }),
    route(downloadBatchFailedRows, async (_input, request, response) => {
      const batch = await find(request);
      const head = { name: `${nameOf(batch)} - failed rows.zip`, type: 'application/zip' };
      await streamFile(response, head, zipFailedRows(store, batch));
      return WRITTEN;
    }),
  ];
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const locationOf = ({ id }: Batch) => ({ Location: `/v1/batches/${id}` });
/** A person finds it again by its day; the beginning of the id keeps two of one day apart. */
const nameOf = ({ id, createdAt }: Batch): string => `upload ${createdAt.toISOString().slice(0, 10)} ${id.slice(0, 8)}`;

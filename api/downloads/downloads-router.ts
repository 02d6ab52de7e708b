import { setImmediate as turn } from 'node:timers/promises';
import { SPREADSHEET_DIALECT } from '../../domain/exports/write-csv';
import type { AppDeps } from '../app-deps';
import { serialiserOf, streamFile } from '../http/answers';
import { findImport } from '../http/find-import';
import { route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { downloadFailedRows, downloadReport } from './download-routes';
import { failedRowsOf } from './failed-rows';
import { csvFile, stemOf } from './file-names';
import { streamReport } from './report';

export const createDownloadsRoutes = ({ store }: Pick<AppDeps, 'store'>): Route[] => [
  route(downloadFailedRows, async (_input, request, response) => {
    const importDoc = await findImport(store, request);
    const { parts, dialect } = await failedRowsOf(store, importDoc);
    const head = csvFile(`${stemOf(importDoc.fileName)} - failed rows.csv`, dialect);
    await streamFile(response, head, inTurns(parts));
    return WRITTEN;
  }),

  route(downloadReport, async (_input, request, response) => {
    const importDoc = await findImport(store, request);
    const chunks = streamReport(store, importDoc, serialiserOf(request));
    await streamFile(response, csvFile(`${stemOf(importDoc.fileName)} - report.csv`, SPREADSHEET_DIALECT), chunks);
    return WRITTEN;
  }),
];

/** Others get their turn between the parts. */
async function* inTurns(parts: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    yield part;
    await turn();
  }
}

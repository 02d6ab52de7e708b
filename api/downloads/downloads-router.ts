import { charsetOf, SPREADSHEET_DIALECT } from '../../domain/exports/write-csv';
import type { Dialect } from '../../domain/exports/write-csv';
import type { AppDeps } from '../app-deps';
import { sendFile, streamFile } from '../http/answers';
import { callerOf } from '../http/authenticate';
import { findImport } from '../http/find-import';
import { route, WRITTEN } from '../routing/route';
import type { Route } from '../routing/route';
import { downloadFailedRows, downloadReport } from './download-routes';
import { failedRowsOf } from './failed-rows';
import { streamReport } from './report';

export const createDownloadsRoutes = ({ store }: Pick<AppDeps, 'store'>): Route[] => [
  route(downloadFailedRows, async (_input, request, response) => {
    const importDoc = await findImport(store, request);
    const { bytes, dialect } = await failedRowsOf(store, importDoc);
    sendFile(response, csvFile(`${stemOf(importDoc.fileName)} - failed rows.csv`, dialect), bytes);
    return WRITTEN;
  }),

  route(downloadReport, async (_input, request, response) => {
    const importDoc = await findImport(store, request);
    const chunks = streamReport(store, importDoc, callerOf(request).role);
    await streamFile(response, csvFile(`${stemOf(importDoc.fileName)} - report.csv`, SPREADSHEET_DIALECT), chunks);
    return WRITTEN;
  }),
];

const csvFile = (name: string, dialect: Dialect) => ({
  name,
  type: `text/csv; charset=${charsetOf(dialect)}; header=present`,
});

const MAX_STEM = 100;

/** The name of the upload without its extension and without characters that are invalid in file names. */
function stemOf(fileName: string): string {
  const stem = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[\p{C}\\/:*?"<>|]/gu, '')
    .trim();
  return [...stem].slice(0, MAX_STEM).join('') || 'import';
}

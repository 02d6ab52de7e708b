import { Router } from 'express';
import { charsetOf, SPREADSHEET_DIALECT } from '../../domain/exports/write-csv';
import type { Dialect } from '../../domain/exports/write-csv';
import type { AppDeps } from '../app-deps';
import { sendFile, streamFile } from '../http/answers';
import { allowAdministrators, allowAllRoles, callerOf } from '../http/authenticate';
import { failedRowsOf } from './failed-rows';
import { findImport } from '../http/find-import';
import { streamReport } from './report';

export function createDownloadsRouter({ store }: Pick<AppDeps, 'store'>): Router {
  const router = Router();

  // Not for support: the file contains whole addresses, so that it can be uploaded again.
  router.get('/:id/failed-rows.csv', allowAdministrators, async (request, response) => {
    const importDoc = await findImport(store, request);
    const { bytes, dialect } = await failedRowsOf(store, importDoc);
    sendFile(response, csvFile(`${stemOf(importDoc.fileName)} - failed rows.csv`, dialect), bytes);
  });

  router.get('/:id/report.csv', allowAllRoles, async (request, response) => {
    const importDoc = await findImport(store, request);
    const chunks = streamReport(store, importDoc, callerOf(request).role);
    await streamFile(response, csvFile(`${stemOf(importDoc.fileName)} - report.csv`, SPREADSHEET_DIALECT), chunks);
  });

  return router;
}

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

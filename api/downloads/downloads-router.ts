import { Router } from 'express';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { charsetOf, SPREADSHEET_DIALECT } from '../../domain/exports/write-csv';
import type { Dialect } from '../../domain/exports/write-csv';
import type { AppDeps } from '../app-deps';
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
    asCsv(response, `${stemOf(importDoc.fileName)} - failed rows.csv`, dialect).send(Buffer.from(bytes));
  });

  router.get('/:id/report.csv', allowAllRoles, async (request, response) => {
    const importDoc = await findImport(store, request);
    const chunks = streamReport(store, importDoc, callerOf(request).role);
    // An error before the answer begins still becomes a problem document.
    const first = await chunks.next();
    asCsv(response, `${stemOf(importDoc.fileName)} - report.csv`, SPREADSHEET_DIALECT);
    if (request.method === 'HEAD' || first.done) return void response.end();
    response.write(first.value);
    // An error after that can only break the answer off, which the client notices.
    await pipeline(Readable.from(chunks), response).catch((error: unknown) =>
      request.log.warn({ err: error }, 'a report was broken off'),
    );
  });

  return router;
}

function asCsv(response: Response, fileName: string, dialect: Dialect): Response {
  response.attachment(fileName);
  // By `set`: `type` would append the charset of Express.
  return response.set('Content-Type', `text/csv; charset=${charsetOf(dialect)}; header=present`);
}

const MAX_STEM = 100;

/** The name of the upload without its extension and without characters that are invalid in file names. */
function stemOf(fileName: string): string {
  const stem = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[\p{C}\\/:*?"<>|]/gu, '')
    .trim();
  return [...stem].slice(0, MAX_STEM).join('') || 'import';
}

import { Router } from 'express';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { charsetOf, SPREADSHEET_DIALECT } from '../../domain/exports/write-csv';
import type { Dialect } from '../../domain/exports/write-csv';
import type { Store } from '../../store/index';
import { allow, callerOf } from '../http/authenticate';
import { failedRowsOf } from './failed-rows';
import { findImport } from '../http/find-import';
import { reportOf } from './report';

/** What an administrator takes away from an import, as files for a spreadsheet program. */
export function createDownloadsRouter({ store }: { store: Store }): Router {
  const router = Router();

  // Not for support: the file holds whole addresses, else it could not be uploaded again.
  router.get('/:id/failed-rows.csv', allow('systemAdministrator', 'userAdministrator'), async (request, response) => {
    const importDoc = await findImport(store, request);
    const { bytes, dialect } = await failedRowsOf(store, importDoc);
    asCsv(response, `${stemOf(importDoc.fileName)} - failed rows.csv`, dialect).send(Buffer.from(bytes));
  });

  router.get(
    '/:id/report.csv',
    allow('systemAdministrator', 'userAdministrator', 'support'),
    async (request, response) => {
      const importDoc = await findImport(store, request);
      const pieces = reportOf(store, importDoc, callerOf(request).role);
      // Awaited before the answer begins: what goes wrong until then can still be told.
      const first = await pieces.next();
      asCsv(response, `${stemOf(importDoc.fileName)} - report.csv`, SPREADSHEET_DIALECT);
      if (request.method === 'HEAD' || first.done) return void response.end();
      response.write(first.value);
      // Nothing can be told any more; that the answer breaks off tells it.
      await pipeline(Readable.from(pieces), response).catch((error: unknown) =>
        request.log.warn({ err: error }, 'a report was broken off'),
      );
    },
  );

  return router;
}

function asCsv(response: Response, fileName: string, dialect: Dialect): Response {
  response.attachment(fileName);
  // By its own name: Express would put its own charset behind a type that it knows.
  return response.set('Content-Type', `text/csv; charset=${charsetOf(dialect)}; header=present`);
}

const LONGEST_STEM = 100;

/** The name of the upload without its ending; characters that no file name holds are left out. */
function stemOf(fileName: string): string {
  const stem = fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[\p{C}\\/:*?"<>|]/gu, '')
    .trim();
  return [...stem].slice(0, LONGEST_STEM).join('') || 'import';
}

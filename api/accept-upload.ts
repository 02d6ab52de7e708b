import { randomUUID } from 'node:crypto';
import type { Logger } from '../platform/logger';
import type { ImportDoc } from '../store/documents';
import type { Store } from '../store/index';
import type { Caller } from './authenticate';
import { HttpProblem } from './http-problem';
import type { ImportService } from './import-service';
import type { StoredFile } from './upload';

/**
 * Makes imports of stored files and starts their workflows. By the time a workflow is started, its file and its document
 * are on disk; if Temporal is away the imports stay `queued`, and the sweep starts them later.
 */
export async function acceptUpload(
  { store, service, log }: { store: Store; service: ImportService; log: Logger },
  caller: Caller,
  files: StoredFile[],
): Promise<ImportDoc[]> {
  if (files.length === 0) {
    throw new HttpProblem(400, 'no-file', 'The upload holds no file. Send at least one CSV in the form field "files".');
  }
  const batchId = randomUUID();
  const createdAt = new Date();
  const imports = files.map(({ importId, stored, originalname }): ImportDoc => ({
    _id: importId,
    organisationId: caller.organisationId,
    batchId,
    fileName: originalname,
    bytes: stored.bytes,
    sha256: stored.sha256,
    status: 'queued',
    createdAt,
    createdByRole: caller.role,
    columns: [],
    fileProblems: [],
    retries: [],
    revision: 0,
    sweptAt: createdAt,
  }));
  await store.imports.insert(imports);
  const started = await Promise.allSettled(imports.map((found) => service.start(found)));
  started.forEach((result, i) => {
    if (result.status === 'rejected')
      log.warn({ importId: imports[i]!._id, error: String(result.reason) }, 'start is left to the sweep');
  });
  return imports;
}

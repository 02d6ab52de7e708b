import { randomUUID } from 'node:crypto';
import type { Logger } from '../platform/logger';
import type { ImportKind, ImportMode, OnExisting } from '../contract/import';
import type { ImportDoc } from '../store/documents';
import type { Store } from '../store/index';
import type { Caller } from './authenticate';
import { HttpProblem } from './http-problem';
import type { ImportService } from './import-service';
import type { StoredFile } from './upload';

/** What is to be done with the files. What is not said is as the organisation has it. */
export interface UploadRequest {
  kind: ImportKind;
  source: ImportDoc['source'];
  mode?: ImportMode | undefined;
  strict?: boolean | undefined;
  onExisting?: OnExisting | undefined;
  encoding?: string | undefined;
}

/**
 * Makes imports of stored files and starts their workflows. By the time a workflow is started, its file and its document
 * are on disk; if Temporal is away the imports stay `queued`, and the sweep starts them later.
 */
export async function acceptUpload(
  { store, service, log }: { store: Store; service: ImportService; log: Logger },
  caller: Caller,
  files: Pick<StoredFile, 'importId' | 'stored' | 'originalname'>[],
  request: UploadRequest,
): Promise<ImportDoc[]> {
  if (files.length === 0) {
    throw new HttpProblem(
      400,
      'no-file',
      'The upload holds no file. Send at least one CSV or Excel file (.xlsx) in the form field "files".',
    );
  }
  const organisation = await store.organisations.find(caller.organisationId);
  const options = {
    mode: request.mode ?? 'apply',
    strict: request.strict ?? organisation?.strict ?? false,
    onExisting: request.onExisting ?? 'error',
    encoding: request.encoding ?? null,
  };
  const batchId = randomUUID();
  const createdAt = new Date();
  const imports = files.map(({ importId, stored, originalname }): ImportDoc => ({
    _id: importId,
    organisationId: caller.organisationId,
    batchId,
    kind: request.kind,
    source: request.source,
    options,
    fileName: originalname,
    bytes: stored.bytes,
    sha256: stored.sha256,
    status: 'queued',
    createdAt,
    createdByRole: caller.role,
    columns: [],
    layout: null,
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

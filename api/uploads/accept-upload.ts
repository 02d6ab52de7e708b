import { randomUUID } from 'node:crypto';
import type { Logger } from '../../platform/logger';
import type { IdempotencyKeyDoc, ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { checkEveryMs } from '../../store/imports/outbox';
import type { Caller } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';
import { assertSameRequest, fingerprintOf, keyId } from './idempotency';
import type { ImportService } from '../temporal/import-service';
import type { UploadedFile, UploadRequest } from './upload-request';

/** The imports of an upload, made now or by an earlier request with the same key. */
export interface AcceptedUpload extends Pick<IdempotencyKeyDoc, 'batchId' | 'imports'> {
  replayed: boolean;
}

export interface AcceptUploadDeps {
  store: Store;
  service: ImportService;
  log: Logger;
}

/**
 * Makes imports of stored files and starts their workflows, or tells what an earlier request with the same key has made. By
 * the time a workflow is started, its file and its document are on disk; if Temporal is away the imports stay `queued`,
 * and the outbox starts them later. Where nothing comes of the request, nothing of its files stays.
 */
export async function acceptUpload(
  deps: AcceptUploadDeps,
  caller: Caller,
  files: UploadedFile[],
  request: UploadRequest,
  key?: string,
): Promise<AcceptedUpload> {
  if (files.length === 0) {
    throw new HttpProblem(
      400,
      'no-file',
      'The upload holds no file. Send at least one CSV or Excel file (.xlsx) in the form field "files".',
    );
  }
  const { store, log } = deps;
  try {
    const imports = await toImports(store, caller, files, request);
    const [{ batchId, createdAt }] = imports as [ImportDoc];
    const made = { batchId, imports: imports.map(({ _id, fileName }) => ({ id: _id, fileName })) };
    const fingerprint = fingerprintOf(request, files);
    const _id = key === undefined ? undefined : keyId(caller.organisationId, key);
    const earlier = await store.newImports.createOnce(
      imports,
      _id ? { _id, fingerprint, ...made, usedAt: createdAt } : null,
    );
    if (!earlier) {
      await startAll(deps, imports);
      return { ...made, replayed: false };
    }
    assertSameRequest(earlier, fingerprint);
    await discard();
    return { batchId: earlier.batchId, imports: earlier.imports, replayed: true };
  } catch (error) {
    // Not waited for: where it is the database that is away, the caller is to hear of it at once.
    void discard();
    throw error;
  }

  /** Of what has become an import nothing is removed, whatever went wrong. */
  async function discard(): Promise<void> {
    await store.uploads
      .discard(files.map(({ importId }) => importId))
      .catch((error: unknown) => log.warn({ error: String(error) }, 'unused uploads are left to the regular clean-up'));
  }
}

async function toImports(
  store: Store,
  { organisationId, role }: Caller,
  files: UploadedFile[],
  { kind, source, mode, strict, onExisting, encoding }: UploadRequest,
): Promise<ImportDoc[]> {
  const organisation = await store.organisations.find(organisationId);
  const batchId = randomUUID();
  const createdAt = new Date();
  return files.map(({ importId, stored, originalname }) => ({
    _id: importId,
    organisationId,
    batchId,
    kind,
    source,
    options: {
      mode: mode ?? 'apply',
      strict: strict ?? organisation?.strict ?? false,
      onExisting: onExisting ?? 'error',
      encoding: encoding ?? null,
    },
    fileName: originalname,
    bytes: stored.bytes,
    sha256: stored.sha256,
    status: 'queued',
    createdAt,
    createdByRole: role,
    columns: [],
    layout: null,
    fileProblems: [],
    retries: [],
    revision: 0,
    // The request itself starts it; should it die before that, the outbox does.
    checkAt: new Date(createdAt.getTime() + checkEveryMs('queued')),
  }));
}

async function startAll({ service, log }: AcceptUploadDeps, imports: ImportDoc[]): Promise<void> {
  const started = await Promise.allSettled(imports.map((importDoc) => service.start(importDoc)));
  started.forEach((result, i) => {
    if (result.status === 'rejected')
      log.warn({ importId: imports[i]!._id, error: String(result.reason) }, 'start is left to the outbox');
  });
}

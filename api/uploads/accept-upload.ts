import { randomUUID } from 'node:crypto';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { checkEveryMs } from '../../store/imports/outbox';
import type { IdempotencyKeyDoc } from '../../store/upload-documents';
import type { AppDeps } from '../app-deps';
import type { Caller } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';
import { linksOf } from '../http/links';
import type { LinkBase } from '../http/links';
import { reply } from '../routing/route';
import { assertSameRequest, fingerprintOf, keyId } from './idempotency';
import type { UploadedFile, UploadRequest } from './upload-request';

/** The imports of an upload, created now or by an earlier request with the same key. */
export interface AcceptedUpload extends Pick<IdempotencyKeyDoc, 'batchId' | 'imports'> {
  replayed: boolean;
}

export type AcceptUploadDeps = Pick<AppDeps, 'store' | 'service' | 'log'>;

/**
 * Creates imports of stored files and starts their workflows, or returns the imports of an earlier request with the same
 * key. Files and documents are on disk before a workflow starts; if Temporal is away the imports stay `queued`, and the
 * outbox starts them later. Files of a request that fails or repeats another are discarded.
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
      'The upload contains no file. Send at least one CSV or Excel file (.xlsx) in the form field "files".',
    );
  }
  const { store, log } = deps;
  try {
    const imports = await toImports(store, caller, files, request);
    const [{ batchId, createdAt }] = imports as [ImportDoc];
    const created = { batchId, imports: imports.map(({ _id, fileName }) => ({ id: _id, fileName })) };
    const fingerprint = fingerprintOf(request, files);
    const _id = key === undefined ? undefined : keyId(caller.organisationId, key);
    const earlier = await store.newImports.createOnce(
      imports,
      _id ? { _id, fingerprint, ...created, usedAt: createdAt } : null,
      new Map(files.flatMap(({ importId, stored: { content } }) => (content ? [[importId, content]] : []))),
    );
    if (!earlier) {
      await startAll(deps, imports);
      return { ...created, replayed: false };
    }
    assertSameRequest(earlier, fingerprint);
    await discard();
    return { batchId: earlier.batchId, imports: earlier.imports, replayed: true };
  } catch (error) {
    // Not awaited: if the database is away, the caller gets the error at once.
    void discard();
    throw error;
  }

  /** The store keeps files that belong to an import. */
  async function discard(): Promise<void> {
    await store.uploads
      .discard(files.filter(({ stored }) => !stored.content).map(({ importId }) => importId))
      .catch((error: unknown) => log.warn({ error }, 'unused uploads wait for the regular clean-up'));
  }
}

async function toImports(
  store: Store,
  { organisationId, role }: Caller,
  files: UploadedFile[],
  { kind, source, mode, strict, onExisting, encoding, hiddenRows, hiddenColumns, sharedMobiles }: UploadRequest,
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
      hiddenRows: hiddenRows ?? null,
      hiddenColumns: hiddenColumns ?? null,
      sharedMobiles: sharedMobiles ?? null,
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
    // The request starts it; if the process dies before that, the outbox does.
    checkAt: new Date(createdAt.getTime() + checkEveryMs('queued')),
  }));
}

async function startAll({ store, service, log }: AcceptUploadDeps, imports: ImportDoc[]): Promise<void> {
  // One of many has its organisation's share of what the worker does.
  const goesFirst = imports.length === 1 && (await store.imports.isOnlyOneUnderWay(imports[0]!).catch(() => false));
  const results = await Promise.allSettled(imports.map((importDoc) => service.start(importDoc, { goesFirst })));
  const started: string[] = [];
  results.forEach((result, i) => {
    const importId = imports[i]!._id;
    if (result.status === 'fulfilled') started.push(importId);
    else log.warn({ importId, error: result.reason as unknown }, 'the outbox will start this import');
  });
  // Not awaited: without it they are checked for nothing.
  if (started.length > 0)
    void store.outbox
      .putOff(started)
      .catch((error: unknown) => log.warn({ error }, 'the outbox will check these soon'));
}

/** The answer with the imports of an upload; a repeated request gets the same one. */
export function acceptedReply({ batchId, imports, replayed }: AcceptedUpload, linkBase: LinkBase) {
  return reply(
    202,
    {
      batch: batchId,
      imports: imports.map(({ id, fileName }) => ({
        id,
        fileName,
        status: 'queued' as const,
        links: linksOf(id, linkBase),
      })),
    },
    {
      Location: imports.length === 1 ? `/v1/imports/${imports[0]!.id}` : `/v1/imports?batch=${batchId}&limit=500`,
      'Retry-After': '1',
      ...(replayed && { 'Idempotency-Replayed': 'true' }),
    },
  );
}

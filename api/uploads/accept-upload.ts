import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ImportDoc, OrganisationDoc } from '../../store/documents';
import { checkEveryMs } from '../../store/imports/outbox';
import type { AlsoWrite } from '../../store/mongo';
import type { BatchDoc, IdempotencyKeyDoc, RejectedFile } from '../../store/upload-documents';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import type { Caller } from '../http/authenticate';
import { HttpProblem } from '../http/http-problem';
import { batchLinksOf, linksOf } from '../http/links';
import type { FairTurns } from '../limits/fair-turns';
import { parameter } from '../problem-types/invalid-field';
import { AWAY_AFTER_MS } from '../http/wait-for';
import { reply } from '../routing/route';
import { startImports } from '../temporal/start-imports';
import { chooses, hasPassed, scheduleOf, withDefault } from '../schedules/schedule-fields';
import { assertSameRequest, fingerprintOf, idempotencyKeyOf, keyId } from './idempotency';
import { findPossibleDuplicates } from './possible-duplicates';
import type { PossibleDuplicate } from './possible-duplicates';
import { fileLimitsOf } from '../limits/file-limits';
import { assertSomeUsable, rejectedFilesOf, rejectedFileView } from './rejected-files';
import type { UploadGate } from './upload-gate';
import type { UploadedFile, UploadRequest } from './upload-request';

/** The imports of an upload, created now or by an earlier request with the same key. */
interface AcceptedUpload extends Pick<IdempotencyKeyDoc, 'batchId'> {
  /** In the order of the upload. */
  imports: { id: string; fileName: string; possibleDuplicateOf: PossibleDuplicate | null }[];
  rejected: RejectedFile[];
  replayed: boolean;
}

export interface AcceptUploadDeps extends Pick<AppDeps, 'store' | 'service' | 'log' | 'config'> {
  /** In which organisations have their imports started. */
  starts: FairTurns;
}

/** What is known of an upload beside its files and its form. */
interface UploadContext {
  organisation: OrganisationDoc | null;
  key?: string | undefined;
  also?: AlsoWrite | undefined;
}

/**
 * Creates imports of stored files and starts their workflows, or returns the imports of an earlier request with the same
 * key. Files and documents are on disk before a workflow starts; if Temporal is away the imports stay `queued`, and the
 * outbox starts them later. Files of a request that fails or repeats another are discarded. Files that are too large are listed as
 * rejected beside the others; throws a 422 if all are, or a 413 for one alone. `also` is written together with the imports. Nothing is
 * written for an upload that is not `counted`.
 */
async function acceptUpload(
  deps: AcceptUploadDeps,
  caller: Caller,
  files: UploadedFile[],
  request: UploadRequest,
  { organisation, key, counted, also }: UploadContext & { counted: Promise<void> },
): Promise<AcceptedUpload> {
  if (files.length === 0) {
    throw new HttpProblem(
      400,
      'no-file',
      'The upload contains no file. Send at least one CSV or Excel file (.xlsx) in the form field "files".',
    );
  }
  const { store, log } = deps;
  const { organisationId } = caller;
  const rejected = rejectedFilesOf(files);
  try {
    if (rejected.length > 0) assertSomeUsable(files, fileLimitsOf(organisation, deps.config).bytes);
    // A request that is repeated later is the same one, although its moment has passed.
    const isRepeated =
      key !== undefined && hasPassed(request.sendAt) && (await store.newImports.isKnown(keyId(organisationId, key)));
    const imports = toImports({ ...deps, organisation }, caller, files, request, isRepeated);
    const [{ batchId, createdAt }] = imports as [ImportDoc];
    const created = { batchId, imports: imports.map(({ _id, fileName }) => ({ id: _id, fileName })) };
    const fingerprint = fingerprintOf(request, files);
    const _id = key === undefined ? undefined : keyId(organisationId, key);
    const batch: BatchDoc = { _id: batchId, organisationId, createdAt, rejected };
    await counted;
    const earlier = await store.newImports.createOnce(
      imports,
      _id ? { _id, fingerprint, ...created, usedAt: createdAt } : null,
      new Map(files.flatMap(({ importId, stored: { content } }) => (content ? [[importId, content]] : []))),
      rejected.length > 0 ? batch : null,
      also,
    );
    if (!earlier) {
      const [duplicates] = await Promise.all([
        findPossibleDuplicates(store, organisationId, imports, createdAt),
        // Stored as they are, they wait for no Temporal that is away.
        Promise.race([startImports(deps, imports), pause(AWAY_AFTER_MS)]),
      ]);
      return { batchId, imports: created.imports.map(withDuplicate(duplicates)), rejected, replayed: false };
    }
    assertSameRequest(earlier, fingerprint);
    await discard();
    // The same bytes in the same order, so the answer is the first one again.
    const first = imports.map((importDoc, i) => ({ ...importDoc, _id: earlier.imports[i]!.id }));
    const duplicates = await findPossibleDuplicates(store, organisationId, first, earlier.usedAt);
    return {
      batchId: earlier.batchId,
      imports: earlier.imports.map(withDuplicate(duplicates)),
      rejected,
      replayed: true,
    };
  } catch (error) {
    // Not awaited: if the database is away, the caller gets the error at once.
    void discard();
    throw error;
  }

  /** The store keeps files that belong to an import. */
  async function discard(): Promise<void> {
    await store.uploads
      .discard(files.filter((file) => !file.isTooLarge && !file.stored.content).map(({ importId }) => importId))
      .catch((error: unknown) => log.warn({ error }, 'unused uploads wait for the regular clean-up'));
  }
}

const withDuplicate =
  (duplicates: ReadonlyMap<string, PossibleDuplicate>) => (accepted: { id: string; fileName: string }) => ({
    ...accepted,
    possibleDuplicateOf: duplicates.get(accepted.id) ?? null,
  });

function toImports(
  { config, organisation }: Pick<AcceptUploadDeps, 'config'> & Pick<UploadContext, 'organisation'>,
  { organisationId, role }: Caller,
  files: UploadedFile[],
  {
    kind,
    source,
    mode,
    strict,
    onExisting,
    encoding,
    notify,
    notifyLanguage,
    sendAt,
    spread,
    ...choices
  }: UploadRequest,
  isRepeated: boolean,
): ImportDoc[] {
  // Who invites one person by hand means now.
  const sending = withDefault({ mode, sendAt, spread }, source === 'file' ? organisation?.sending : undefined);
  const schedule = scheduleOf(sending, { aheadDays: config.sendAheadDays, nameField: parameter, isRepeated });
  const batchId = randomUUID();
  const createdAt = new Date();
  const byDefault = source === 'file' ? organisation?.notify : undefined;
  const language = notifyLanguage ?? organisation?.notify?.language ?? 'en';
  const address = notify === undefined ? byDefault : { email: notify, language };
  const usable = files.flatMap((file, position) => (file.isTooLarge ? [] : [{ ...file, position }]));
  return usable.map(({ importId, stored, originalname, position }) => ({
    _id: importId,
    organisationId,
    batchId,
    ...(files.length > 1 && { positionInBatch: position }),
    kind,
    source,
    ...(address && { notify: address }),
    options: {
      mode: sending.mode,
      strict: strict ?? organisation?.strict ?? false,
      onExisting: onExisting ?? 'error',
      encoding: encoding ?? null,
      sheet: choices.sheet ?? null,
      mapping: choices.mapping ?? null,
      hiddenRows: choices.hiddenRows ?? null,
      hiddenColumns: choices.hiddenColumns ?? null,
      sharedMobiles: choices.sharedMobiles ?? null,
    },
    ...(chooses(schedule) && { schedule: { version: 1, ...schedule } }),
    fileName: originalname,
    bytes: stored.bytes,
    sha256: stored.sha256,
    ...(stored.lineBreaks !== undefined && { lineBreaks: stored.lineBreaks }),
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

/**
 * Accepts the upload of a request. Its imports exist once they count towards the quota and are on record as those of its caller. The
 * note for that is stored while they are written; they are not committed before.
 */
export async function acceptFrom(
  deps: AcceptUploadDeps & Pick<AppDeps, 'linkBase'> & { gate: UploadGate },
  request: Request,
  files: UploadedFile[],
  upload: UploadRequest,
  { organisation, key = idempotencyKeyOf(request), also }: UploadContext,
) {
  const counted = deps.gate.spend(request, files);
  const noted = Promise.allSettled([
    counted,
    request.audit?.announce(files.map(({ importId }) => ({ kind: 'import', id: importId }))),
  ]);
  const assertNoted = async (): Promise<void> => {
    for (const one of await noted) if (one.status === 'rejected') throw one.reason;
  };
  const accepted = await acceptUpload(deps, callerOf(request), files, upload, {
    ...{ organisation, key, counted },
    also: async (session) => {
      // Not by what was thrown: the transaction might take it for its own, and repeat itself. It is thrown at the end.
      if ((await noted).some(({ status }) => status === 'rejected')) throw new Error('The upload is not on record');
      await also?.(session);
    },
  }).finally(assertNoted);
  if (accepted.replayed) request.audit?.note({ replayed: true });
  return acceptedReply(accepted, deps, organisation);
}

/** The answer with the files of an upload; a repeated request gets the same one. */
function acceptedReply(
  { batchId, imports, rejected, replayed }: AcceptedUpload,
  { linkBase, config }: Pick<AppDeps, 'linkBase' | 'config'>,
  organisation: OrganisationDoc | null,
) {
  const isAlone = imports.length + rejected.length === 1;
  const { bytes: maxBytes } = fileLimitsOf(organisation, config);
  return reply(
    202,
    {
      batch: batchId,
      imports: imports.map(({ id, fileName, possibleDuplicateOf }) => ({
        ...{ id, fileName, status: 'queued' as const, possibleDuplicateOf },
        links: linksOf(id, linkBase),
      })),
      rejected: rejected.map((file) => rejectedFileView(file, maxBytes, linkBase)),
      links: batchLinksOf(batchId, linkBase),
    },
    {
      Location: isAlone ? `/v1/imports/${imports[0]!.id}` : `/v1/batches/${batchId}`,
      'Retry-After': '1',
      ...(replayed && { 'Idempotency-Replayed': 'true' }),
    },
  );
}

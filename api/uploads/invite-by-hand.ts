import { stringify } from 'csv-stringify/sync';
import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ImportKind, OnExisting } from '../../contract/import';
import { columnsOf } from '../../domain/columns';
import type { ColumnKey } from '../../domain/columns';
import { possibleEmailKey } from '../../domain/checking/cells/check-email';
import type { AlsoWrite } from '../../store/mongo';
import type { AppDeps } from '../app-deps';
import { acceptFrom } from './accept-upload';
import type { AcceptUploadDeps } from './accept-upload';
import { callerOf } from '../http/authenticate';
import { conflict } from '../http/http-problem';
import { idempotencyKeyOf, keyId } from './idempotency';
import { MEMORY_BYTES } from './receive-files';
import type { UploadGate } from './upload-gate';

/** What creates imports, of files and of people by hand alike. */
export interface InviteByHandDeps extends AcceptUploadDeps, Pick<AppDeps, 'linkBase'> {
  gate: UploadGate;
}

export interface PersonByHand {
  kind: ImportKind;
  cells: Partial<Record<ColumnKey, string>>;
  strict?: boolean | undefined;
  onExisting?: OnExisting | undefined;
  /** By which a repetition of the request is known; its `Idempotency-Key` by default. */
  key?: string;
}

const FILE_NAME = 'by-hand.csv';

/**
 * Invites one person by an import of one row, so that checks, retries and reports work as for a file. Answers as an upload
 * does. `alsoFor` the import is written with it or not at all.
 */
export async function inviteByHand(
  deps: InviteByHandDeps,
  request: Request,
  { kind, cells, strict, onExisting, key = idempotencyKeyOf(request) }: PersonByHand,
  alsoFor?: (importId: string) => AlsoWrite,
): ReturnType<typeof acceptFrom> {
  const organisation = await deps.gate.require(request);
  if (onExisting === 'invite') await assertNotTooSoon(deps, callerOf(request).organisationId, cells.email ?? '', key);
  const importId = randomUUID();
  const bytes = Buffer.from(toFile(kind, cells));
  const content = Readable.from([bytes]);
  const stored = await deps.store.uploads.save(importId, content, { bytes: MEMORY_BYTES });
  const file = { importId, stored, originalname: FILE_NAME };
  const upload = { kind, source: 'by-hand', mode: 'apply', strict, onExisting, encoding: 'utf8' } as const;
  return acceptFrom(deps, request, [file], upload, { organisation, key, also: alsoFor?.(importId) });
}

/**
 * Throws a 409 if the person has had a message within the hour that reminders keep too: a second click on a form would send a
 * second one. Not for a file, in which the one new message of a list is asked for in one go. A repeated request gets its first answer.
 */
async function assertNotTooSoon(
  { store }: Pick<InviteByHandDeps, 'store'>,
  organisationId: string,
  email: string,
  key: string | undefined,
): Promise<void> {
  const emailKey = possibleEmailKey(email);
  const until = emailKey === undefined ? undefined : await store.reminders.tooSoonUntil(organisationId, emailKey);
  if (!until || (key !== undefined && (await store.newImports.isKnown(keyId(organisationId, key))))) return;
  throw conflict(
    'invited-recently',
    `This person was sent a message less than an hour ago. Invite again from ${until.toISOString()} on; nothing was imported.`,
    { retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - Date.now()) / 1_000)) },
  );
}

/** Writes the template with one row. All cells are quoted, so no input ends a cell or a line. */
function toFile(kind: ImportKind, cells: PersonByHand['cells']): string {
  const columns = columnsOf(kind);
  return stringify([columns.map(({ header }) => header), columns.map(({ key }) => cells[key] ?? '')], { quoted: true });
}

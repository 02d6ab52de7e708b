import { stringify } from 'csv-stringify/sync';
import type { Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ImportKind, OnExisting } from '../../contract/import';
import { columnsOf } from '../../domain/columns';
import type { ColumnKey } from '../../domain/columns';
import type { AppDeps } from '../app-deps';
import { acceptUpload, answerAccepted } from './accept-upload';
import { callerOf } from '../http/authenticate';
import { idempotencyKeyOf } from './idempotency';

export type InviteByHandDeps = Pick<AppDeps, 'store' | 'service' | 'log' | 'linkBase'>;

export interface PersonByHand {
  kind: ImportKind;
  cells: Partial<Record<ColumnKey, string>>;
  strict?: boolean | undefined;
  onExisting?: OnExisting | undefined;
}

const FILE_NAME = 'by-hand.csv';

/**
 * Invites one person by an import of one row, so that checks, retries and reports work as for a file. Answers as an upload
 * does.
 */
export async function inviteByHand(
  deps: InviteByHandDeps,
  request: Request,
  response: Response,
  { kind, cells, strict, onExisting }: PersonByHand,
): Promise<void> {
  const key = idempotencyKeyOf(request);
  const importId = randomUUID();
  const stored = await deps.store.uploads.save(importId, Readable.from([Buffer.from(toFile(kind, cells))]));
  const file = { importId, stored, originalname: FILE_NAME };
  const upload = { kind, source: 'by-hand', mode: 'apply', strict, onExisting, encoding: 'utf8' } as const;
  answerAccepted(response, await acceptUpload(deps, callerOf(request), [file], upload, key), deps.linkBase);
}

/** Writes the template with one row. All cells are quoted, so no input ends a cell or a line. */
function toFile(kind: ImportKind, cells: PersonByHand['cells']): string {
  const columns = columnsOf(kind);
  return stringify([columns.map(({ header }) => header), columns.map(({ key }) => cells[key] ?? '')], { quoted: true });
}

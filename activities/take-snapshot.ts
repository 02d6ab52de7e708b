import type { ProblemCode } from '../contract/problem-codes';
import { SNAPSHOT_VERSION } from '../contract/snapshot';
import type { ImportSnapshot } from '../contract/snapshot';
import { PROBLEM_CATALOGUE } from '../domain/problems/texts/catalogue';
import type { ImportDoc } from '../store/documents';
import type { StoredSnapshot } from '../store/imports/snapshots';
import type { Store } from '../store/index';
import type { ActivityDeps } from './deps';
import { importNotFound } from './failures';

const DAY_MS = 86_400_000;

/** Reads the current state of a whole import, which every activity returns. Throws `ImportNotFound`. */
export async function takeSnapshot(
  deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>,
  importId: string,
): Promise<ImportSnapshot> {
  return toSnapshot(await findStored(deps, importId), deps.settings);
}

/** Throws `ImportNotFound`. */
export async function findStored(
  { store, now }: Pick<ActivityDeps, 'now'> & { store: Pick<Store, 'snapshots'> },
  importId: string,
): Promise<StoredSnapshot> {
  const stored = await store.snapshots.find(importId, now());
  if (!stored) throw importNotFound(importId);
  return stored;
}

export function toSnapshot(stored: StoredSnapshot, settings: ActivityDeps['settings']): ImportSnapshot {
  const { importDoc, snapshot } = stored;
  const fileProblems = fileErrors(importDoc);
  return {
    version: SNAPSHOT_VERSION,
    ...snapshot,
    ...(fileProblems.length > 0 && { fileProblems }),
    // Durations, since the clocks of the workflow and of this process may differ.
    ...(snapshot.status === 'awaiting-approval' && {
      applyForMs: remaining(importDoc.plannedAt ?? importDoc.createdAt, settings.timing.approvalMs),
    }),
    ...(hasWaiting(snapshot) && { waitForMs: waitForMs(stored) }),
  };
}

/** Whether the file as a whole was rejected, so that no row was staged. */
export const isRejected = (importDoc: ImportDoc): boolean => fileErrors(importDoc).length > 0;

export const hasWaiting = ({ rows }: Pick<ImportSnapshot, 'rows'>): boolean =>
  rows.some(({ status }) => status === 'waiting');

/** The time for which rows may still wait for their team, in milliseconds, or 0. */
export const waitForMs = ({ importDoc, waitingDays }: StoredSnapshot): number =>
  remaining(importDoc.appliedAt ?? importDoc.plannedAt ?? importDoc.createdAt, waitingDays * DAY_MS);

const remaining = (since: Date, forMs: number): number => Math.max(0, since.getTime() + forMs - Date.now());

const fileErrors = ({ fileProblems }: ImportDoc): ProblemCode[] =>
  fileProblems.map(({ code }) => code).filter((code) => PROBLEM_CATALOGUE[code].severity === 'error');

import type { ClientSession, Document } from 'mongodb';
import { IMPORT_STATUSES, isFinal, isResting, mayHaveWaitingRows, statusesThat } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import type { Collections, ImportDoc } from '../documents';

/** How long one process has to signal an import before another one takes it. A signal takes 3 s at most. */
const LEASE_MS = 5_000;

/**
 * The mark for the write that makes a change. Of two marks the earlier one stays, moved by a millisecond: an update that
 * changes nothing is no write, so a transaction would not meet the outbox that clears the older mark meanwhile.
 */
const wakeIn = (delayMs: number): Document => ({
  wakeAt: { $min: [{ $subtract: ['$wakeAt', 1] }, { $add: ['$$NOW', delayMs] }] },
});
export const WAKE_NOW = wakeIn(0);

/** How long an import can be without a running workflow, in milliseconds, should somebody terminate it. */
export function checkEveryMs(status: ImportStatus): number {
  // The request that stored it is still starting it.
  if (status === 'queued') return 4_000;
  // There may be many, and nothing is urgent.
  return isResting(status) ? 10 * 60_000 : 30_000;
}

const CHECK_EVERY_MS = {
  $switch: {
    branches: IMPORT_STATUSES.map((status) => ({ case: { $eq: ['$status', status] }, then: checkEveryMs(status) })),
  },
};

/** The time of the next check for an import that changes to this status, so long after the last one. */
export const checkAtIn = (status: ImportStatus): unknown =>
  isFinal(status)
    ? '$$REMOVE'
    : {
        $add: [
          { $ifNull: ['$checkAt', { $add: ['$$NOW', CHECK_EVERY_MS] }] },
          { $subtract: [checkEveryMs(status), CHECK_EVERY_MS] },
        ],
      };

/** Marks those of these imports that have not ended, or of which another predicate is true. */
export async function markToWake(
  { imports }: Pick<Collections, 'imports'>,
  importIds: string[],
  { among = (status) => !isFinal(status), delayMs = 0, session }: MarkOptions = {},
): Promise<void> {
  if (importIds.length === 0) return;
  const marked = { _id: { $in: importIds }, status: { $in: statusesThat(among) } };
  await imports.updateMany(marked, [{ $set: wakeIn(delayMs) }], { ...(session && { session }) });
}

interface MarkOptions {
  among?: (status: ImportStatus) => boolean;
  delayMs?: number;
  session?: ClientSession;
}

/** Marks the imports with rows that wait for one of these teams, in the transaction that makes the team ready. */
export async function wakeWaitingFor(
  { imports, rows }: Pick<Collections, 'imports' | 'rows'>,
  organisationId: string,
  teamIds: string[],
  session: ClientSession,
): Promise<void> {
  const waiting = { status: 'waiting' as const, organisationId, 'person.teamIds': { $in: teamIds } };
  const importIds = await rows.distinct('importId', waiting, { session });
  await markToWake({ imports }, importIds, { among: mayHaveWaitingRows, session });
}

/**
 * Work for the outbox of the API. `wakeAt` is when a workflow is to be signalled of a change; `checkAt` is when to check again
 * that an import which has not ended has a workflow. Times are of the database's clock.
 */
export function createOutbox({ imports, rows, people }: Pick<Collections, 'imports' | 'rows' | 'people'>) {
  return {
    /** Takes the import that is to be signalled first. No other process takes it until the lease ends. */
    takeSignal: (): Promise<ImportDoc | null> =>
      imports.findOneAndUpdate(
        { wakeAt: { $exists: true }, $expr: { $lte: ['$wakeAt', '$$NOW'] } },
        [{ $set: { wakeAt: { $add: ['$$NOW', LEASE_MS] } } }],
        { sort: { wakeAt: 1 }, returnDocument: 'after' },
      ),

    /** Clears the mark of an import that was signalled, unless something has changed since it was taken. */
    async clearSignal({ _id, wakeAt }: ImportDoc): Promise<void> {
      if (wakeAt) await imports.updateOne({ _id, wakeAt }, { $unset: { wakeAt: '' } });
    },

    /** Takes an import whose workflow is to be checked, and sets the time of its next check. */
    takeCheck: (): Promise<ImportDoc | null> =>
      imports.findOneAndUpdate(
        { checkAt: { $exists: true }, $expr: { $lte: ['$checkAt', '$$NOW'] } },
        [{ $set: { checkAt: { $add: ['$$NOW', CHECK_EVERY_MS] } } }],
        { sort: { checkAt: 1 }, returnDocument: 'after' },
      ),

    /** Whether rows of an import wait for a team that is ready: it became so while the rows were being written. */
    async hasReadyRows({ _id: importId, organisationId, status }: ImportDoc): Promise<boolean> {
      if (!mayHaveWaitingRows(status)) return false;
      const teamIds = await rows.distinct('person.teamIds', { importId, status: 'waiting' });
      if (teamIds.length === 0) return false;
      return (
        (await people.findOne({ organisationId, kind: 'staff', active: true, teamIds: { $in: teamIds } })) !== null
      );
    },
  };
}

import type { ClientSession, Document } from 'mongodb';
import { IMPORT_STATUSES, isFinal, isResting, mayHaveWaitingRows, statusesThat } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import type { Collections, ImportDoc } from '../documents';
import { isWaiting } from './rows';

/** Time for a process to signal an import before another one takes it. A signal takes 3 s at most. */
const LEASE_MS = 5_000;

/**
 * The mark that a change sets in its own write. An earlier mark stays, moved by a millisecond: an update without effect would
 * not conflict with the outbox that clears the mark meanwhile.
 */
export const wakeIn = (delayMs: number): Document => ({
  wakeAt: { $min: [{ $subtract: ['$wakeAt', 1] }, { $add: ['$$NOW', delayMs] }] },
});
export const WAKE_NOW = wakeIn(0);

/** The longest time that an import can lack a running workflow, in milliseconds, if somebody terminates it. */
export function checkEveryMs(status: ImportStatus): number {
  // The request that stored it is still starting it.
  if (status === 'queued') return 4_000;
  // They may be many, and none is urgent.
  return isResting(status) ? 10 * 60_000 : 30_000;
}

const CHECK_EVERY_MS = {
  $switch: {
    branches: IMPORT_STATUSES.map((status) => ({ case: { $eq: ['$status', status] }, then: checkEveryMs(status) })),
  },
};

/** The time of the next check for an import that changes to this status, counted from its last check. */
export const checkAtIn = (status: ImportStatus): unknown =>
  isFinal(status)
    ? '$$REMOVE'
    : {
        $add: [
          { $ifNull: ['$checkAt', { $add: ['$$NOW', CHECK_EVERY_MS] }] },
          { $subtract: [checkEveryMs(status), CHECK_EVERY_MS] },
        ],
      };

/** Marks these imports if their status satisfies a predicate; by default, if they have not ended. */
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

/** Marks the imports with rows that wait for one of these teams, in the transaction that makes it ready. */
export async function wakeWaitingFor(
  { imports, rows }: Pick<Collections, 'imports' | 'rows'>,
  organisationId: string,
  teamIds: string[],
  session: ClientSession,
): Promise<void> {
  const waiting = { ...isWaiting, organisationId, 'person.teamIds': { $in: teamIds } };
  const importIds = await rows.distinct('importId', waiting, { session });
  await markToWake({ imports }, importIds, { among: mayHaveWaitingRows, session });
}

/**
 * Work for the outbox of the API. `wakeAt` is when to signal a workflow about a change; `checkAt` is when to check that an
 * import which has not ended has a workflow. All times are of the database's clock.
 */
export function createOutbox({ imports, rows, people }: Pick<Collections, 'imports' | 'rows' | 'people'>) {
  return {
    /** Takes the import to signal first. No other process takes it until the lease ends. */
    takeSignal: (): Promise<ImportDoc | null> =>
      imports.findOneAndUpdate(
        { wakeAt: { $exists: true }, $expr: { $lte: ['$wakeAt', '$$NOW'] } },
        [{ $set: { wakeAt: { $add: ['$$NOW', LEASE_MS] }, wakeDueAt: { $ifNull: ['$wakeDueAt', '$wakeAt'] } } }],
        { sort: { wakeAt: 1 }, returnDocument: 'after' },
      ),

    /** Clears the mark of a signalled import, unless it was marked again since it was taken. */
    async clearSignal({ _id, wakeAt }: ImportDoc): Promise<void> {
      if (!wakeAt) return;
      const { matchedCount } = await imports.updateOne({ _id, wakeAt }, { $unset: { wakeAt: '', wakeDueAt: '' } });
      if (matchedCount === 0) await imports.updateOne({ _id }, { $unset: { wakeDueAt: '' } });
    },

    /** Takes an import whose workflow is to be checked, and sets the time of its next check. */
    takeCheck: (): Promise<ImportDoc | null> =>
      imports.findOneAndUpdate(
        { checkAt: { $exists: true }, $expr: { $lte: ['$checkAt', '$$NOW'] } },
        [{ $set: { checkAt: { $add: ['$$NOW', CHECK_EVERY_MS] } } }],
        { sort: { checkAt: 1 }, returnDocument: 'after' },
      ),

    /**
     * Puts the next check of queued imports off, by default of those whose workflows have just been started: in a crowd they stay
     * `queued` for longer than a request takes. In milliseconds from now. A check that is further off stays where it is: calls may
     * come to the database in another order.
     */
    async putOff(importIds: readonly string[], forMs = checkEveryMs('planning')): Promise<void> {
      await imports.updateMany({ _id: { $in: [...importIds] }, status: 'queued' }, [
        { $set: { checkAt: { $max: ['$checkAt', { $add: ['$$NOW', forMs] }] } } },
      ]);
    },

    /** Whether rows wait for a team that is ready: it may have become ready while the rows were being written. */
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

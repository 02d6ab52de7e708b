import type { ImportStatus } from '../../contract/import-status';
import type { Collections } from '../documents';
import { isWaiting } from './rows';

/** What is under way or waits, of all organisations. */
export interface Backlog {
  /** Of the imports that have not ended, by status: how many, and the age of the oldest in seconds. */
  imports: { status: ImportStatus; count: number; oldestSeconds: number }[];
  /** Rows that wait for a client team with active staff. */
  waitingRows: number;
  /** Imports whose workflows are to be signalled of a change. */
  unsignalled: number;
  /** How long ago the first of them should have been signalled, in seconds; 0 if none is due. */
  outboxLagSeconds: number;
}

/** Counts for metrics; each by an index that holds the few that are meant. */
export function createBacklog({ imports, rows }: Pick<Collections, 'imports' | 'rows'>) {
  return {
    async count(): Promise<Backlog> {
      const [open, waitingRows, [outbox]] = await Promise.all([
        imports
          .aggregate<Backlog['imports'][number]>([
            { $match: { checkAt: { $exists: true } } },
            { $group: { _id: '$status', count: { $sum: 1 }, oldest: { $min: '$createdAt' } } },
            { $project: { _id: 0, status: '$_id', count: 1, oldestSeconds: secondsSince('$oldest') } },
          ])
          .toArray(),
        rows.countDocuments(isWaiting),
        imports
          .aggregate<{ count: number; lag: number }>([
            { $match: { wakeAt: { $exists: true } } },
            { $group: { _id: null, count: { $sum: 1 }, first: { $min: { $ifNull: ['$wakeDueAt', '$wakeAt'] } } } },
            { $project: { count: 1, lag: { $max: [0, secondsSince('$first')] } } },
          ])
          .toArray(),
      ]);
      return { imports: open, waitingRows, unsignalled: outbox?.count ?? 0, outboxLagSeconds: outbox?.lag ?? 0 };
    },
  };
}

/** By the clock of the database, which has set the time. */
const secondsSince = (time: string) => ({ $divide: [{ $subtract: ['$$NOW', time] }, 1000] });

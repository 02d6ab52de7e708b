import type { Document } from 'mongodb';
import type { DeferReason, Spread } from '../../contract/sending/schedule';
import type { Channel } from '../../contract/invitation';
import type { Collections, ImportDoc } from '../documents';
import { holdFirstSends } from '../hold-first-sends';
import { nextSchedule } from '../imports/next-schedule';
import { WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';

/** The invitations of one channel that are deferred for one reason. */
export interface DeferredGroup {
  channel: Channel;
  because: DeferReason;
  count: number;
  /** When the first and the last of them are due. */
  from: Date;
  to: Date;
}

/** What is chosen anew: `null` is at once, or all of them. What is left out stays as it was. */
export interface ScheduleChange {
  sendAt?: Date | null;
  spread?: Spread | null;
  ignoresQuietHours?: boolean;
}

/** The schedule with what is chosen anew in it, as an expression: two people who change two parts of it both have their way. */
const changed = ({ sendAt, spread, ignoresQuietHours }: ScheduleChange): Document => ({
  ...(sendAt !== null && { sendAt: sendAt ? { $literal: sendAt } : '$schedule.sendAt' }),
  ...(spread !== null && { spread: spread ? { $literal: spread } : '$schedule.spread' }),
  ...(ignoresQuietHours !== false && {
    ignoresQuietHours: ignoresQuietHours ? { $literal: true } : '$schedule.ignoresQuietHours',
  }),
});

/** When imports send. A sender reads it before its claim, and between that and its request. */
export function createSchedules({
  imports,
  invitations,
  firstSends,
}: Pick<Collections, 'imports' | 'invitations' | 'firstSends'>) {
  return {
    /**
     * Chooses anew when the rest of an import is sent, and signals its workflow. What was deferred by
     * the older choice is looked at again. Returns the import, or `null` if it has ended or is being cancelled.
     */
    async change(importId: string, change: ScheduleChange): Promise<ImportDoc | null> {
      // First sends look at their import from now on, also where this process dies in between.
      await holdFirstSends({ firstSends }, [importId]);
      const rescheduled = await transition({ imports }, importId, 'reschedule', {
        where: { 'pausedBy.staff.cancels': { $exists: false } },
        compute: { ...WAKE_NOW, schedule: nextSchedule(changed(change)) },
      });
      await holdFirstSends({ firstSends }, [importId]);
      return rescheduled;
    },

    /** Lines whose people an attempt has claimed a message to since then. */
    reachedSince: (importId: string, since: Date): Promise<number[]> =>
      invitations.distinct('row', { importId, 'attempt.claimedAt': { $gte: since } }),

    /** Lines with an invitation that is to be sent, ascending; without those that only wait for their first channel. */
    linesLeft: async (importId: string): Promise<number[]> =>
      (
        await invitations.distinct('row', {
          ...{ importId, superseded: false, state: 'pending' },
          'deferred.because': { $ne: 'failover' },
        })
      ).sort((a, b) => a - b),

    /** Whether everything that an older schedule had deferred was looked at since. */
    isLookedAt: async ({ _id: importId, schedule }: Pick<ImportDoc, '_id' | 'schedule'>): Promise<boolean> =>
      (await invitations.findOne(
        {
          ...{ importId, superseded: false, state: 'pending' },
          'deferred.schedule': { $lt: schedule?.version ?? 0 },
        },
        { projection: { _id: 1 } },
      )) === null,

    /** What is deferred by the schedule that the import has. */
    async deferred({ _id: importId, schedule }: Pick<ImportDoc, '_id' | 'schedule'>): Promise<DeferredGroup[]> {
      const found = await invitations
        .aggregate<Omit<DeferredGroup, 'channel' | 'because'> & { _id: Pick<DeferredGroup, 'channel' | 'because'> }>([
          {
            $match: {
              ...{ importId, superseded: false, state: 'pending' },
              'deferred.schedule': schedule?.version ?? 0,
            },
          },
          {
            $group: {
              _id: { channel: '$channel', because: '$deferred.because' },
              count: { $sum: 1 },
              from: { $min: '$deferred.until' },
              to: { $max: '$deferred.until' },
            },
          },
          { $sort: { from: 1, _id: 1 } },
        ])
        .toArray();
      return found.map(({ _id, ...group }) => ({ ..._id, ...group }));
    },
  };
}
export type Schedules = ReturnType<typeof createSchedules>;

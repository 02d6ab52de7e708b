import type { Channel } from '../../contract/invitation';
import type { Collections } from '../documents';

/** Further ahead than any reservation: the database's clock was set back. */
const CLOCK_STEP_MS = 600_000;

/** What a sender is told: it may begin `waitMs` from now, or has to ask again because that is too far away. */
export interface Turn {
  isReserved: boolean;
  /** Milliseconds from now; 0 for at once. */
  waitMs: number;
}

/** The rate at which all workers together may send, as a leaky bucket a channel. All times are of the database's clock. */
export function createSendRates({ sendRates }: Pick<Collections, 'sendRates'>) {
  return {
    /**
     * Reserves the time that `intervalMs` of sending take, after everything reserved before, unless that begins later than
     * `longestWaitMs` from now. A turn that comes late may begin up to `creditMs` in the past, so that its time is not lost.
     */
    async reserve(
      channel: Channel,
      { intervalMs, longestWaitMs, creditMs }: { intervalMs: number; longestWaitMs: number; creditMs: number },
    ): Promise<Turn> {
      // Numbers and not dates, which would round each interval to milliseconds.
      const now = { $toDouble: '$$NOW' };
      const isSane = { $lt: ['$freeAt', { $add: [now, CLOCK_STEP_MS] }] };
      const found = await sendRates.findOneAndUpdate(
        { _id: channel },
        [
          { $set: { beginsAt: { $max: [{ $cond: [isSane, '$freeAt', null] }, { $subtract: [now, creditMs] }] } } },
          { $set: { isReserved: { $lte: ['$beginsAt', { $add: [now, longestWaitMs] }] } } },
          {
            $set: {
              freeAt: { $cond: ['$isReserved', { $add: ['$beginsAt', intervalMs] }, '$freeAt'] },
              waitMs: { $max: [0, { $subtract: ['$beginsAt', now] }] },
            },
          },
        ],
        {
          upsert: true,
          returnDocument: 'after',
          projection: { isReserved: 1, waitMs: 1 },
          // A reservation that a failover forgets costs nobody a message.
          writeConcern: { w: 1, journal: false },
        },
      );
      return { isReserved: found!.isReserved, waitMs: found!.waitMs };
    },
  };
}
export type SendRates = ReturnType<typeof createSendRates>;

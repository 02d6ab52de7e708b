import type { Channel, InvitationState } from '../contract/invitation';
import type { ProblemCode } from '../contract/problem-codes';
import type { Collections } from './collections';
import type { InvitationDoc } from './documents';

/** What one attempt found out about one invitation. */
export interface SendRecord {
  id: string;
  /** The attempt whose claim it ends. */
  attemptId: string;
  state: Extract<InvitationState, 'sent' | 'failed' | 'unconfirmed'>;
  providerId?: string;
  code?: ProblemCode;
  providerCode?: string;
}

/**
 * The state machine of a send: `pending → sending` by a claim, `sending → sent | failed | unconfirmed` by a record,
 * `sending → pending` by a release, which is only for requests known not to have been processed.
 * Each step is a compare-and-set on the state and the attempt that holds the claim, timed by the database's clock.
 */
export function createLedger({ invitations }: Pick<Collections, 'invitations'>) {
  const heldBy = (attemptId: string) => ({ state: 'sending' as const, 'attempt.id': attemptId });

  return {
    /** Claims pending invitations for one attempt and tells which of them it got. */
    async claim(ids: string[], attemptId: string): Promise<string[]> {
      const result = await invitations.updateMany({ _id: { $in: ids }, state: 'pending' }, [
        {
          $set: {
            state: 'sending',
            attempt: { id: attemptId, claimedAt: '$$NOW' },
            attempts: { $add: ['$attempts', 1] },
            changedAt: '$$NOW',
          },
        },
      ]);
      if (result.modifiedCount === ids.length) return ids;
      const mine = await invitations
        .find({ _id: { $in: ids }, ...heldBy(attemptId) }, { projection: { _id: 1 } })
        .toArray();
      return mine.map((invitation) => invitation._id);
    },

    /** Gives claims back whose requests are known not to have been processed. */
    async release(ids: string[], attemptId: string): Promise<void> {
      if (ids.length === 0) return;
      await invitations.updateMany(
        { _id: { $in: ids }, ...heldBy(attemptId) },
        { $set: { state: 'pending' }, $unset: { attempt: '' }, $currentDate: { changedAt: true } },
      );
    },

    /** Writes down what became of sends. A record of an attempt that lost its claim changes nothing. */
    async record(records: SendRecord[]): Promise<void> {
      if (records.length === 0) return;
      await invitations.bulkWrite(
        records.map(({ id, attemptId, ...found }) => ({
          updateOne: {
            filter: { _id: id, ...heldBy(attemptId) },
            update: { $set: found, $currentDate: { changedAt: true as const } },
          },
        })),
        { ordered: false },
      );
    },

    /** Invitations on a channel that have been in doubt for at least `settleWindowMs`, by the database's clock. */
    settleable: (
      importId: string,
      channel: Channel,
      rows: number[],
      settleWindowMs: number,
    ): Promise<InvitationDoc[]> =>
      invitations
        .find({
          importId,
          superseded: false,
          channel,
          state: 'sending',
          row: { $in: rows },
          $expr: { $lte: ['$attempt.claimedAt', { $subtract: ['$$NOW', settleWindowMs] }] },
        })
        .sort({ row: 1 })
        .toArray(),

    /** Ends pending invitations without sending them: those selected, at most those named by `ids`. */
    async endPending(
      importId: string,
      only: { channel?: Channel; rows?: number[]; ids?: string[] },
      state: Extract<InvitationState, 'failed' | 'cancelled' | 'suppressed'>,
      code?: ProblemCode,
    ): Promise<void> {
      await invitations.updateMany(
        {
          importId,
          superseded: false,
          state: 'pending',
          ...(only.channel && { channel: only.channel }),
          ...(only.rows && { row: { $in: only.rows } }),
          ...(only.ids && { _id: { $in: only.ids } }),
        },
        { $set: { state, ...(code && { code }) }, $currentDate: { changedAt: true } },
      );
    },
  };
}
export type Ledger = ReturnType<typeof createLedger>;

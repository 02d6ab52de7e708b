import type { Channel, InvitationState } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { Transition } from '../../domain/invitations/transitions';
import type { Collections } from '../collections';
import type { InvitationDoc } from '../documents';
import { transitionFilter, transitionUpdate } from './transition-update';

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

const MOVE_TO = { sent: 'accept', failed: 'refuse', unconfirmed: 'doubt' } as const satisfies Record<
  string,
  Transition
>;
const MOVE_UNSENT = { failed: 'giveUp', cancelled: 'cancel', suppressed: 'suppress' } as const satisfies Record<
  string,
  Transition
>;

/**
 * The moves of a send, which `domain/invitations/transitions.ts` lists: each is a compare-and-set on the state and the attempt
 * that holds the claim, timed by the database's clock.
 */
export function createLedger({ invitations }: Pick<Collections, 'invitations'>) {
  const heldBy = (attemptId: string) => ({ 'attempt.id': attemptId });

  return {
    /** Claims pending invitations for one attempt and tells which of them it got. */
    async claim(ids: string[], attemptId: string): Promise<string[]> {
      const [claim] = transitionUpdate('claim');
      const result = await invitations.updateMany(transitionFilter('claim', { _id: { $in: ids } }), [
        {
          $set: {
            ...(claim!.$set as object),
            attempt: { id: attemptId, claimedAt: '$$NOW' },
            attempts: { $add: ['$attempts', 1] },
          },
        },
      ]);
      if (result.modifiedCount === ids.length) return ids;
      const mine = await invitations
        .find({ _id: { $in: ids }, state: 'sending', ...heldBy(attemptId) }, { projection: { _id: 1 } })
        .toArray();
      return mine.map((invitation) => invitation._id);
    },

    /** Gives claims back whose requests are known not to have been processed. */
    async release(ids: string[], attemptId: string): Promise<void> {
      if (ids.length === 0) return;
      await invitations.updateMany(
        transitionFilter('release', { _id: { $in: ids }, ...heldBy(attemptId) }),
        transitionUpdate('release', {}, ['attempt']),
      );
    },

    /** Writes down what became of sends. A record of an attempt that lost its claim changes nothing. */
    async record(records: SendRecord[]): Promise<void> {
      if (records.length === 0) return;
      await invitations.bulkWrite(
        records.map(({ id, attemptId, state, ...found }) => ({
          updateOne: {
            filter: transitionFilter(MOVE_TO[state], { _id: id, ...heldBy(attemptId) }),
            update: transitionUpdate(MOVE_TO[state], found),
          },
        })),
        { ordered: false },
      );
    },

    /** Whether a claim of this import is so young that its request may still begin, by the database's clock. */
    async mayBegin(importId: string, fenceMs: number): Promise<boolean> {
      const young = await invitations.findOne(
        {
          importId,
          superseded: false,
          state: 'sending',
          $expr: { $gt: ['$attempt.claimedAt', { $subtract: ['$$NOW', fenceMs] }] },
        },
        { projection: { _id: 1 } },
      );
      return young !== null;
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
      state: keyof typeof MOVE_UNSENT,
      code?: ProblemCode,
    ): Promise<void> {
      await invitations.updateMany(
        transitionFilter(MOVE_UNSENT[state], {
          importId,
          superseded: false,
          ...(only.channel && { channel: only.channel }),
          ...(only.rows && { row: { $in: only.rows } }),
          ...(only.ids && { _id: { $in: only.ids } }),
        }),
        transitionUpdate(MOVE_UNSENT[state], code && { code }),
      );
    },
  };
}
export type Ledger = ReturnType<typeof createLedger>;

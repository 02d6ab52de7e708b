import type { Document } from 'mongodb';
import { groupBy } from '../../domain/group-by';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { Deferral } from '../../domain/sending-times/sending-times';
import type { Collections, InvitationDoc } from '../documents';
import { firstSendsOf } from '../ids';
import { transitionFilter, transitionUpdate } from './transition-update';

/** The outcome of one attempt for one invitation. */
export interface SendRecord {
  id: string;
  /** The attempt whose claim it ends. */
  attemptId: string;
  state: Extract<InvitationState, 'sent' | 'failed' | 'unconfirmed'>;
  providerId?: string;
  code?: ProblemCode;
  providerCode?: string;
}

const TRANSITION_TO = { sent: 'accept', failed: 'reject', unconfirmed: 'doubt' } as const;
const UNSENT_TRANSITION_TO = { failed: 'giveUp', cancelled: 'cancel', suppressed: 'suppress' } as const;

/**
 * The transitions of a send, as `domain/invitations/transitions.ts` lists them. Each is a compare-and-set on the state and the
 * claiming attempt, timed by the database's clock.
 */
export function createLedger({ invitations, firstSends }: Pick<Collections, 'invitations' | 'firstSends'>) {
  const claimedBy = (attemptId: string) => ({ 'attempt.id': attemptId });

  return {
    /** Claims pending invitations for one attempt. Resolves with the claimed ids. */
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
      const claimed = await invitations
        .find({ _id: { $in: ids }, state: 'sending', ...claimedBy(attemptId) }, { projection: { _id: 1 } })
        .toArray();
      return claimed.map((invitation) => invitation._id);
    },

    /** Releases claims whose requests are known not to have been processed. */
    async release(ids: string[], attemptId: string): Promise<void> {
      if (ids.length === 0) return;
      await invitations.updateMany(
        transitionFilter('release', { _id: { $in: ids }, ...claimedBy(attemptId) }),
        transitionUpdate('release', {}, ['attempt']),
      );
    },

    /** Notes until when these pending invitations are deferred, by this version of the schedule of their import. */
    async defer(deferrals: ReadonlyMap<string, Deferral>, schedule: number): Promise<void> {
      const groups = new Map<string, { deferral: Deferral; ids: string[] }>();
      for (const [id, deferral] of deferrals) {
        const key = `${deferral.until.getTime()} ${deferral.because}`;
        const before = groups.get(key);
        if (before) before.ids.push(id);
        else groups.set(key, { deferral, ids: [id] });
      }
      if (groups.size === 0) return;
      await invitations.bulkWrite(
        [...groups.values()].map(({ deferral, ids }) => ({
          updateMany: {
            filter: { _id: { $in: ids }, state: 'pending' as const },
            update: { $set: { deferred: { ...deferral, schedule } } },
          },
        })),
        { ordered: false },
      );
    },

    /**
     * Records the outcomes of sends, by one update for each attempt and state. The record of an attempt that lost its
     * claim changes nothing.
     */
    async record(records: SendRecord[]): Promise<void> {
      if (records.length === 0) return;
      const groups = groupBy(records, ({ state, attemptId }) => `${state} ${attemptId}`);
      await invitations.bulkWrite(
        [...groups.values()].map((group) => {
          const [{ attemptId, state }] = group as [SendRecord];
          const ids = group.map(({ id }) => id);
          return {
            updateMany: {
              filter: transitionFilter(TRANSITION_TO[state], { _id: { $in: ids }, ...claimedBy(attemptId) }),
              update: [withOwnFields(group), ...transitionUpdate(TRANSITION_TO[state])],
            },
          };
        }),
        { ordered: false },
      );
    },

    /** Whether some claim of this import is young enough for its request to begin, by the database's clock. */
    async mayBegin(importId: string, fenceMs: number): Promise<boolean> {
      const fence = { $subtract: ['$$NOW', fenceMs] };
      const projection = { _id: 1 as const };
      // First, since whoever takes over adds a claim to the invitations before it removes it here.
      const first = await firstSends.findOne(
        { _id: firstSendsOf(importId), $expr: { $gt: [{ $max: '$claims.claimedAt' }, fence] } },
        { projection },
      );
      if (first) return true;
      const young = await invitations.findOne(
        { importId, superseded: false, state: 'sending', $expr: { $gt: ['$attempt.claimedAt', fence] } },
        { projection },
      );
      return young !== null;
    },

    /** Invitations on a channel that have been in doubt for at least `settleWindowMs`, by the database's clock. */
    findSettleable: (
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

    /** Ends the pending invitations that match all of `only`, without sending them. */
    async endPending(
      importId: string,
      only: { channel?: Channel; rows?: number[]; ids?: string[] },
      state: keyof typeof UNSENT_TRANSITION_TO,
      code?: ProblemCode,
    ): Promise<void> {
      await invitations.updateMany(
        transitionFilter(UNSENT_TRANSITION_TO[state], {
          importId,
          superseded: false,
          ...(only.channel && { channel: only.channel }),
          ...(only.rows && { row: { $in: only.rows } }),
          ...(only.ids && { _id: { $in: only.ids } }),
        }),
        transitionUpdate(UNSENT_TRANSITION_TO[state], code && { code }),
      );
    },
  };
}

/** An aggregation stage that gives each of many invitations the fields of its own record. */
function withOwnFields(records: SendRecord[]): Document {
  const ids = records.map(({ id }) => id);
  const fields = records.map(({ providerId, code, providerCode }) => ({
    ...(providerId !== undefined && { providerId }),
    ...(code !== undefined && { code }),
    ...(providerCode !== undefined && { providerCode }),
  }));
  const own = { $arrayElemAt: [{ $literal: fields }, { $indexOfArray: [{ $literal: ids }, '$_id'] }] };
  return { $replaceWith: { $mergeObjects: ['$$ROOT', own] } };
}

export type Ledger = ReturnType<typeof createLedger>;

import { CHANNELS, NOT_NEEDED_CODE } from '../../contract/invitation';
import type { InvitationState, Channel } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { Collections, InvitationDoc } from '../documents';
import { insertMissing } from '../duplicates';
import { retryable } from './retryable';
import type { RetryableSelection } from './retryable';

/** What a list of people shows of a message. */
export type NewestMessage = Pick<InvitationDoc, 'personId' | 'channel' | 'state' | 'changedAt' | 'importId' | 'row'>;

interface InvitationSelection {
  importId: string;
  channel?: Channel;
  channels?: readonly Channel[];
  rows?: number[];
  states?: readonly InvitationState[];
  retryable?: RetryableSelection;
}

interface LineSelection {
  after: number;
  limit: number;
  state?: InvitationState;
  channel?: Channel;
  code?: string;
}

const current = ({ importId, channel, channels, rows, states, retryable: retrySelection }: InvitationSelection) => ({
  importId,
  superseded: false,
  ...(channel && { channel }),
  ...(channels && { channel: { $in: [...channels] } }),
  ...(states && { state: { $in: [...states] } }),
  ...(rows && { row: { $in: rows } }),
  ...(retrySelection && retryable(retrySelection)),
});

/** What decides of a message on the second channel. */
const OF_FIRST = { row: 1, state: 1, code: 1, deferred: 1, trail: { $slice: -1 } } as const;
const OF_SECOND = { row: 1, state: 1, deferred: 1 } as const;
export type FirstOf = Pick<InvitationDoc, 'row' | 'state' | 'code' | 'deferred' | 'trail'>;
export type Follower = Pick<InvitationDoc, '_id' | 'row' | 'state' | 'deferred'>;

/** Reads invitations. Their changes are in `ledger.ts`. */
export function createInvitations({ invitations }: Pick<Collections, 'invitations'>) {
  return {
    /** Adds the missing invitations. Existing ones keep their state and token. */
    stage: async (documents: InvitationDoc[]): Promise<void> => void (await insertMissing(invitations, documents)),

    /** The newest generation of each selected invitation, by line; of the first `limit` of them, if given. */
    find: (selection: InvitationSelection, limit = 0): Promise<InvitationDoc[]> =>
      invitations.find(current(selection)).sort({ row: 1, channel: 1 }).limit(limit).toArray(),

    /**
     * The newest invitation on a channel by line, with the last of its steps. Of all generations: a read of those that none replaces may
     * miss both, if one takes the place of the other meanwhile.
     */
    newestOn: async (importId: string, channel: Channel, rows: number[]): Promise<Map<number, FirstOf>> =>
      new Map(
        (
          await invitations
            .find({ importId, channel, row: { $in: rows } })
            .sort({ generation: 1 })
            .project<FirstOf>(OF_FIRST)
            .toArray()
        ).map((invitation) => [invitation.row, invitation]),
      ),

    /** The newest invitations on the second channel that depend on the first one still, of at most `limit` lines below `after`. */
    followers: (importId: string, channel: Channel, after: number, limit: number): Promise<Follower[]> =>
      invitations
        .find({
          ...{ importId, channel, superseded: false, row: { $gt: after } },
          $or: [
            { state: 'pending', 'deferred.because': 'failover' },
            { state: 'suppressed', code: NOT_NEEDED_CODE },
          ],
        })
        .sort({ row: 1 })
        .limit(limit)
        .project<Follower>(OF_SECOND)
        .toArray(),

    /** All generations of all invitations of an import, oldest first. */
    allGenerations: (importId: string): Promise<InvitationDoc[]> =>
      invitations.find({ importId }).sort({ row: 1, channel: 1, generation: 1 }).toArray(),

    /** All generations of the invitations of a row, the oldest first on each channel. */
    ofRow: (importId: string, row: number): Promise<InvitationDoc[]> =>
      invitations.find({ importId, row }).sort({ channel: 1, generation: 1 }).toArray(),

    /** The newest message to each of these people on each channel, the newest first. */
    async newestTo(personIds: readonly string[]): Promise<NewestMessage[]> {
      if (personIds.length === 0) return [];
      const found = await invitations
        .find({ personId: { $in: [...personIds] }, superseded: false })
        .sort({ createdAt: -1 })
        .project<NewestMessage>({ personId: 1, channel: 1, state: 1, changedAt: 1, importId: 1, row: 1 })
        .toArray();
      const seen = new Set<string>();
      return found.filter(({ personId, channel }) => {
        const key = `${personId}:${channel}`;
        const isFirst = !seen.has(key);
        seen.add(key);
        return isFirst;
      });
    },

    count: (selection: InvitationSelection): Promise<number> => invitations.countDocuments(current(selection)),

    /**
     * The first lines below `after` that have a current invitation in this state, on this channel and with this code, as far as given: at
     * most `limit` of them, ascending.
     */
    async linesIn(importId: string, { after, limit, state, channel, code }: LineSelection): Promise<number[]> {
      const found = await invitations
        .find({
          ...{ importId, superseded: false, row: { $gt: after } },
          ...(state && { state }),
          ...(channel && { channel }),
          ...(code !== undefined && { code: code as ProblemCode }),
        })
        .sort({ row: 1 })
        .limit(limit * CHANNELS.length)
        .project<{ row: number }>({ _id: 0, row: 1 })
        .toArray();
      return [...new Set(found.map(({ row }) => row))].slice(0, limit);
    },
  };
}

import type { ClientSession } from 'mongodb';
import { retryableStates } from '../contract/invitation';
import type { Channel } from '../contract/invitation';
import type { Collections } from './collections';
import { invitationId } from './documents';
import type { InvitationDoc } from './documents';
import type { Mongo } from './mongo';

export interface RetrySelection {
  importId: string;
  /** Names the request: asking again with the same one opens nothing more. */
  retryId: string;
  rows?: number[];
  channels?: readonly Channel[];
  includeUnconfirmed?: boolean;
}

/** A retry by staff opens a new generation of what failed; the old one stays as it ended. */
export function createGenerations(
  { invitations }: Pick<Collections, 'invitations'>,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  return {
    /**
     * Opens the next generation of each failed invitation and returns what this request has opened, however often it
     * is run. Newcomers take the place of their predecessors in one transaction; of several requests at once each
     * invitation goes to exactly one.
     */
    async open({ importId, retryId, rows, channels, includeUnconfirmed }: RetrySelection): Promise<InvitationDoc[]> {
      await transaction(async (session) => {
        const failed = await invitations
          .find(
            {
              importId,
              superseded: false,
              state: { $in: retryableStates(includeUnconfirmed) },
              // What this very request opened may have failed again before it was run a second time.
              retryId: { $ne: retryId },
              ...(rows && { row: { $in: rows } }),
              ...(channels && { channel: { $in: [...channels] } }),
            },
            { session },
          )
          .toArray();
        const open = await withoutNewer(failed, session);
        if (open.length === 0) return;
        const ids = open.map((old) => old._id);
        await invitations.updateMany({ _id: { $in: ids } }, { $set: { superseded: true } }, { session });
        await invitations.insertMany(
          open.map((old) => nextGeneration(old, retryId, createToken())),
          { session },
        );
      });
      return invitations.find({ importId, retryId }).sort({ row: 1 }).toArray();
    },
  };

  /** Those whose person was not invited on the same channel by another import since: that one has taken their place. */
  async function withoutNewer(failed: InvitationDoc[], session: ClientSession): Promise<InvitationDoc[]> {
    const newer = await invitations
      .find(
        {
          personId: { $in: failed.map(({ personId }) => personId) },
          importId: { $nin: [...new Set(failed.map(({ importId }) => importId))] },
          superseded: false,
          state: { $nin: ['failed', 'suppressed', 'cancelled'] },
        },
        { session, projection: { personId: 1, channel: 1, createdAt: 1 } },
      )
      .toArray();
    return failed.filter(
      ({ personId, channel, createdAt }) =>
        !newer.some((one) => one.personId === personId && one.channel === channel && one.createdAt > createdAt),
    );
  }
}
export type Generations = ReturnType<typeof createGenerations>;

function nextGeneration(old: InvitationDoc, retryId: string, token: string): InvitationDoc {
  const { organisationId, importId, row, channel, personId, personKind } = old;
  const now = new Date();
  const generation = old.generation + 1;
  return {
    _id: invitationId(importId, row, channel, generation),
    organisationId,
    importId,
    row,
    channel,
    personId,
    personKind,
    generation,
    superseded: false,
    token,
    state: 'pending',
    attempts: 0,
    retryId,
    createdAt: now,
    changedAt: now,
  };
}

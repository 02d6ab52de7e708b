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
        if (failed.length === 0) return;
        const ids = failed.map((old) => old._id);
        await invitations.updateMany({ _id: { $in: ids } }, { $set: { superseded: true } }, { session });
        await invitations.insertMany(
          failed.map((old) => nextGeneration(old, retryId, createToken())),
          { session },
        );
      });
      return invitations.find({ importId, retryId }).sort({ row: 1 }).toArray();
    },
  };
}
export type Generations = ReturnType<typeof createGenerations>;

function nextGeneration(old: InvitationDoc, retryId: string, token: string): InvitationDoc {
  const { organisationId, importId, row, channel, clientId } = old;
  const generation = old.generation + 1;
  return {
    _id: invitationId(importId, row, channel, generation),
    organisationId,
    importId,
    row,
    channel,
    clientId,
    generation,
    superseded: false,
    token,
    state: 'pending',
    attempts: 0,
    retryId,
    changedAt: new Date(),
  };
}

import type { Channel } from '../../contract/invitation';
import type { Collections, InvitationDoc } from '../documents';
import type { Mongo } from '../mongo';
import { nextGeneration, succeed, withoutNewer } from './next-generation';
import { retryable } from './retryable';
import type { RetryableSelection } from './retryable';

interface RetrySelection extends RetryableSelection {
  importId: string;
  /** Names the request: asking again with the same one opens nothing more. */
  retryId: string;
  rows?: number[];
  channels?: readonly Channel[];
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
    async open({ importId, retryId, rows, channels, ...selection }: RetrySelection): Promise<InvitationDoc[]> {
      await transaction(async (session) => {
        const failed = await invitations
          .find(
            {
              importId,
              superseded: false,
              ...retryable(selection),
              // What this very request opened may have failed again before it was run a second time.
              retryId: { $ne: retryId },
              ...(rows && { row: { $in: rows } }),
              ...(channels && { channel: { $in: [...channels] } }),
            },
            { session },
          )
          .toArray();
        const open = await withoutNewer({ invitations }, failed, session);
        if (open.length === 0) return;
        await succeed({ invitations }, open, (old) => nextGeneration(old, retryId, createToken()), session);
      });
      return invitations.find({ importId, retryId }).sort({ row: 1 }).toArray();
    },
  };
}

import type { InvitationState, Channel } from '../../contract/invitation';
import type { Collections, InvitationDoc } from '../documents';
import { insertMissing } from '../duplicates';
import { retryable } from './generations';
import type { RetryableSelection } from './generations';

interface InvitationSelection {
  importId: string;
  channel?: Channel;
  channels?: readonly Channel[];
  rows?: number[];
  states?: readonly InvitationState[];
  retryable?: RetryableSelection;
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

/** Reads invitations. Their changes are in `ledger.ts`. */
export function createInvitations({ invitations }: Pick<Collections, 'invitations'>) {
  return {
    /** Adds the missing invitations. Existing ones keep their state and token. */
    stage: async (documents: InvitationDoc[]): Promise<void> => void (await insertMissing(invitations, documents)),

    /** The newest generation of each selected invitation, by line. */
    find: (selection: InvitationSelection): Promise<InvitationDoc[]> =>
      invitations.find(current(selection)).sort({ row: 1, channel: 1 }).toArray(),

    /** All generations of all invitations of an import, oldest first. */
    allGenerations: (importId: string): Promise<InvitationDoc[]> =>
      invitations.find({ importId }).sort({ row: 1, channel: 1, generation: 1 }).toArray(),

    count: (selection: InvitationSelection): Promise<number> => invitations.countDocuments(current(selection)),

    /** Lines that have a current invitation in this state, ascending, below `after`. */
    async linesIn(importId: string, state: InvitationState, after: number, limit: number): Promise<number[]> {
      const lines = await invitations
        .aggregate<{ _id: number }>([
          { $match: { importId, superseded: false, state, row: { $gt: after } } },
          { $group: { _id: '$row' } },
          { $sort: { _id: 1 } },
          { $limit: limit },
        ])
        .toArray();
      return lines.map(({ _id }) => _id);
    },
  };
}

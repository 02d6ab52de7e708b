import type { Document, Filter } from 'mongodb';
import { MOVES } from '../domain/invitations/moves';
import type { Move } from '../domain/invitations/moves';
import type { InvitationDoc } from './documents';

/** Of these invitations those from which this move can be made. */
export const movable = (move: Move, among: Filter<InvitationDoc>): Filter<InvitationDoc> => ({
  ...among,
  state: { $in: [...MOVES[move].from] },
});

/** The update that makes a move, notes it in the trail, and sets further fields; times are of the database's clock. */
export function moved(
  move: Move,
  fields: Partial<InvitationDoc> = {},
  without: (keyof InvitationDoc)[] = [],
): Document[] {
  const { to } = MOVES[move];
  const literal = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { $literal: value }]));
  return [
    {
      $set: {
        ...literal,
        state: to,
        changedAt: '$$NOW',
        trail: { $concatArrays: [{ $ifNull: ['$trail', []] }, [{ state: to, at: '$$NOW' }]] },
      },
    },
    ...(without.length > 0 ? [{ $unset: without }] : []),
  ];
}

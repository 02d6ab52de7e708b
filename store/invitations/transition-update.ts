import type { Document, Filter } from 'mongodb';
import { TRANSITIONS } from '../../domain/invitations/transitions';
import type { Transition } from '../../domain/invitations/transitions';
import type { InvitationDoc } from '../documents';

/** Of these invitations those from which this move can be made. */
export const transitionFilter = (move: Transition, among: Filter<InvitationDoc>): Filter<InvitationDoc> => ({
  ...among,
  state: { $in: [...TRANSITIONS[move].from] },
});

/** The update that makes a move, notes it in the trail, and sets further fields; times are of the database's clock. */
export function transitionUpdate(
  move: Transition,
  fields: Partial<InvitationDoc> = {},
  without: (keyof InvitationDoc)[] = [],
): Document[] {
  const { to } = TRANSITIONS[move];
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

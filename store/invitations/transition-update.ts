import type { Document, Filter } from 'mongodb';
import { TRANSITIONS } from '../../domain/invitations/transitions';
import type { Transition } from '../../domain/invitations/transitions';
import type { InvitationDoc } from '../documents';

/** Filters the invitations from whose state the transition can be made. */
export const transitionFilter = (transition: Transition, among: Filter<InvitationDoc>): Filter<InvitationDoc> => ({
  ...among,
  state: { $in: [...TRANSITIONS[transition].from] },
});

/** Makes the transition, adds it to the trail, and sets further fields. Times are of the database's clock. */
export function transitionUpdate(
  transition: Transition,
  fields: Partial<InvitationDoc> = {},
  without: (keyof InvitationDoc)[] = [],
): Document[] {
  const { to } = TRANSITIONS[transition];
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

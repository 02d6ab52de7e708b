import type { Filter } from 'mongodb';
import type { Channel, Invited, InvitationState } from '../../contract/invitation';
import type { PersonKind } from '../../domain/person';
import type { Collections, PersonDoc } from '../documents';
import { createdWithin, endOfPageBefore, NEWEST_FIRST, olderThan } from '../paging';

const hasState = (states: readonly InvitationState[]) => ({
  $gt: [{ $size: { $setIntersection: ['$states', states] } }, 0],
});
const invitedBy: object = {
  $switch: {
    branches: [
      { case: '$active', then: 'accepted' },
      { case: hasState(['delivered', 'accepted']), then: 'delivered' },
      { case: hasState(['pending', 'sending', 'sent', 'unconfirmed']), then: 'pending' },
      { case: hasState(['failed', 'bounced']), then: 'bounced' },
    ],
    default: 'pending',
  },
};

interface DirectoryPage {
  organisationId: string;
  kind: PersonKind;
  limit: number;
  /** Id of the last person of the page before. */
  after?: string;
  teamId?: string;
  active?: boolean;
  optedOut?: Channel;
  invited?: Invited;
  /** When they were created: from then on, and before. */
  since?: Date;
  until?: Date;
}

/** The people of an organisation, as administrators look them up. */
export function createDirectory({ people, invitations }: Pick<Collections, 'people' | 'invitations'>) {
  return {
    find: (organisationId: string, kind: PersonKind, id: string): Promise<PersonDoc | null> =>
      people.findOne({ _id: id, organisationId, kind }),

    /** Newest first. Throws an `UnknownCursorError`. */
    async list({ organisationId, kind, limit, after, ...filters }: DirectoryPage): Promise<PersonDoc[]> {
      const { teamId, active, optedOut, invited, since, until } = filters;
      const last = await endOfPageBefore(after, (_id) => people.findOne({ _id, organisationId, kind }));
      const matching: Filter<PersonDoc> = {
        organisationId,
        kind,
        ...(teamId && { teamIds: teamId }),
        ...(active !== undefined && { active }),
        ...(optedOut && { optedOut }),
        ...createdWithin(since, until),
        ...(last && olderThan(last)),
      };
      if (!invited) return people.find(matching).sort(NEWEST_FIRST).limit(limit).toArray();
      // The messages of one person after the other are looked up, until the page is full.
      return people
        .aggregate<PersonDoc>([
          { $match: matching },
          { $sort: NEWEST_FIRST },
          {
            $lookup: {
              from: invitations.collectionName,
              localField: '_id',
              foreignField: 'personId',
              pipeline: [{ $match: { superseded: false } }, { $project: { _id: 0, state: 1 } }],
              as: 'states',
            },
          },
          { $set: { states: '$states.state' } },
          { $match: { $expr: { $eq: [invitedBy, invited] } } },
          { $limit: limit },
          { $unset: 'states' },
        ])
        .toArray();
    },
  };
}

import type { PersonKind } from '../../domain/person';
import type { Collections, PersonDoc } from '../documents';
import { NEWEST_FIRST, olderThan } from '../paging';

interface DirectoryPage {
  organisationId: string;
  kind: PersonKind;
  limit: number;
  /** Id of the last person of the page before. */
  after?: string;
  teamId?: string;
  active?: boolean;
}

/** The people of an organisation, as administrators look them up. */
export function createDirectory({ people }: Pick<Collections, 'people'>) {
  return {
    find: (organisationId: string, kind: PersonKind, id: string): Promise<PersonDoc | null> =>
      people.findOne({ _id: id, organisationId, kind }),

    /** Newest first. An unknown `after` gives the first page. */
    async list({ organisationId, kind, limit, after, teamId, active }: DirectoryPage): Promise<PersonDoc[]> {
      const last = after ? await people.findOne({ _id: after, organisationId, kind }) : null;
      return people
        .find({
          organisationId,
          kind,
          ...(teamId && { teamIds: teamId }),
          ...(active !== undefined && { active }),
          ...(last && olderThan(last)),
        })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .toArray();
    },
  };
}

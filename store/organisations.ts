import type { Collections } from './collections';
import type { OrganisationDoc } from './documents';

export interface TeamStanding {
  id: string;
  name: string;
  /** Whether at least one staff member of the team has accepted: before that its clients cannot be invited. */
  activeStaff: boolean;
}

/** Organisations with their client teams and staff, as an import needs to know them. */
export function createOrganisations(collections: Pick<Collections, 'organisations' | 'clientTeams' | 'staff'>) {
  const { organisations, clientTeams, staff } = collections;
  return {
    find: (organisationId: string): Promise<OrganisationDoc | null> => organisations.findOne({ _id: organisationId }),

    async teams(organisationId: string): Promise<TeamStanding[]> {
      const [teams, active] = await Promise.all([
        clientTeams.find({ organisationId }).sort({ nameKey: 1 }).toArray(),
        staff.distinct('teamIds', { organisationId, active: true }),
      ]);
      const staffed = new Set(active);
      return teams.map(({ _id, name }) => ({ id: _id, name, activeStaff: staffed.has(_id) }));
    },

    /** Which of these addresses belong to staff. */
    async staffAmong(organisationId: string, emailKeys: string[]): Promise<Set<string>> {
      const found = await staff
        .find({ organisationId, emailKey: { $in: emailKeys } }, { projection: { emailKey: 1 } })
        .toArray();
      return new Set(found.map((member) => member.emailKey));
    },
  };
}
export type Organisations = ReturnType<typeof createOrganisations>;

import type { Collections, ClientTeamDoc, PersonDoc } from '../documents';
import { endOfPageBefore } from '../paging';

export interface TeamMember {
  id: string;
  firstName: string;
  lastName: string;
  active: boolean;
}

export interface TeamView {
  id: string;
  name: string;
  /** Whether clients can be invited to it, because one of its staff is active. */
  ready: boolean;
  staff: TeamMember[];
  clients: number;
}

interface TeamsPage {
  organisationId: string;
  limit: number;
  /** Id of the last team of the page before. */
  after?: string;
}

/** Reads client teams. Their changes are in `team-changes.ts`. */
export function createTeams({ clientTeams, people }: Pick<Collections, 'clientTeams' | 'people'>) {
  async function view(organisationId: string, teams: ClientTeamDoc[]): Promise<TeamView[]> {
    const ids = teams.map((team) => team._id);
    const [staff, counts] = await Promise.all([
      people
        .find({ organisationId, kind: 'staff', teamIds: { $in: ids } })
        .sort({ lastName: 1, firstName: 1, _id: 1 })
        .project<StaffFacts>({ firstName: 1, lastName: 1, active: 1, teamIds: 1 })
        .toArray(),
      people
        .aggregate<{ _id: string; count: number }>([
          { $match: { organisationId, kind: 'client', teamIds: { $in: ids } } },
          { $unwind: '$teamIds' },
          { $group: { _id: '$teamIds', count: { $sum: 1 } } },
        ])
        .toArray(),
    ]);
    const clients = new Map(counts.map(({ _id, count }) => [_id, count]));
    return teams.map(({ _id, name }) => {
      const members = staff.filter(({ teamIds }) => teamIds.includes(_id)).map(memberOf);
      return {
        id: _id,
        name,
        ready: members.some(({ active }) => active),
        staff: members,
        clients: clients.get(_id) ?? 0,
      };
    });
  }

  return {
    /** By name. Throws an `UnknownCursorError`. */
    async list({ organisationId, limit, after }: TeamsPage): Promise<TeamView[]> {
      const last = await endOfPageBefore(after, (_id) => clientTeams.findOne({ _id, organisationId }));
      const teams = await clientTeams
        .find({ organisationId, ...(last && { nameKey: { $gt: last.nameKey } }) })
        .sort({ nameKey: 1 })
        .limit(limit)
        .toArray();
      return view(organisationId, teams);
    },

    async find(organisationId: string, teamId: string): Promise<TeamView | null> {
      const team = await clientTeams.findOne({ _id: teamId, organisationId });
      return team && (await view(organisationId, [team]))[0]!;
    },

    /** Finds the id of a team by its id or the key of its name. */
    async named(organisationId: string, id: string, nameKey: string): Promise<string | null> {
      const teams = await clientTeams
        .find({ organisationId, $or: [{ _id: id }, { nameKey }] }, { projection: { _id: 1 } })
        .toArray();
      return teams.find((team) => team._id === id)?._id ?? teams[0]?._id ?? null;
    },
  };
}

type StaffFacts = Pick<PersonDoc, '_id' | 'firstName' | 'lastName' | 'active' | 'teamIds'>;

const memberOf = ({ _id, firstName, lastName, active }: StaffFacts): TeamMember => ({
  id: _id,
  firstName,
  lastName,
  active,
});

import { randomUUID } from 'node:crypto';
import type { TeamView } from '../../store/people/teams';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { HttpProblem, notFound } from '../http/http-problem';
import { emptyReply, reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import {
  addStaffToTeam,
  createTeam,
  getTeam,
  listTeams,
  removeStaffFromTeam,
  removeTeam,
  renameTeam,
} from './team-routes';
import { inUse, lastMember, nameTaken, requireTeamName, unknownStaff } from './teams';

export function createTeamsRoutes({ store, outbox }: Pick<AppDeps, 'store' | 'outbox'>): Route[] {
  const teamNotFound = (id: string): HttpProblem => notFound('client team', id);

  async function findTeam(organisationId: string, id: string): Promise<TeamView> {
    const team = await store.teams.find(organisationId, id);
    if (!team) throw teamNotFound(id);
    return team;
  }

  async function findStaff(organisationId: string, names: readonly string[]): Promise<string[]> {
    const { ids, unknown: missing } = await store.staff.named(organisationId, names);
    if (missing.length > 0) throw unknownStaff(names, missing);
    return ids;
  }

  return [
    route(createTeam, async ({ body: { name, staff } }, request) => {
      const { organisationId } = callerOf(request);
      const team = { _id: randomUUID(), organisationId, name: requireTeamName(name) };
      if (!(await store.teamChanges.create(team, await findStaff(organisationId, staff)))) throw nameTaken(name);
      return reply(201, await findTeam(organisationId, team._id), { Location: `/v1/client-teams/${team._id}` });
    }),

    route(listTeams, async ({ query: { limit, after } }, request) => {
      const { organisationId } = callerOf(request);
      const data = await store.teams.list({ organisationId, limit, ...(after !== undefined && { after }) });
      return reply(200, { data, next: data.length === limit ? data.at(-1)!.id : null });
    }),

    route(getTeam, async ({ params: { id } }, request) =>
      reply(200, await findTeam(callerOf(request).organisationId, id)),
    ),

    route(renameTeam, async ({ params, body }, request) => {
      const { organisationId } = callerOf(request);
      const { id } = await findTeam(organisationId, params.id);
      const name = requireTeamName(body.name);
      const result = await store.teamChanges.rename(organisationId, id, name);
      if (result === 'name-taken') throw nameTaken(name);
      return reply(200, await findTeam(organisationId, id));
    }),

    route(removeTeam, async ({ params }, request) => {
      const { organisationId } = callerOf(request);
      const { id, name } = await findTeam(organisationId, params.id);
      const result = await store.teamChanges.remove(organisationId, id);
      if (result === 'unknown') throw teamNotFound(id);
      if (result !== 'removed') throw inUse(name, result);
      return emptyReply(204);
    }),

    route(addStaffToTeam, async ({ params, body: { staff } }, request) => {
      const { organisationId } = callerOf(request);
      const { id } = await findTeam(organisationId, params.id);
      const result = await store.teamChanges.addStaff(organisationId, id, await findStaff(organisationId, staff));
      if (result === 'unknown') throw teamNotFound(id);
      outbox.poke();
      return reply(200, await findTeam(organisationId, id));
    }),

    route(removeStaffFromTeam, async ({ params }, request) => {
      const { organisationId } = callerOf(request);
      const { staffId } = params;
      const { id, name } = await findTeam(organisationId, params.id);
      const result = await store.teamChanges.removeStaff(organisationId, id, staffId);
      if (result === 'unknown') throw teamNotFound(id);
      if (result === 'not-a-member') {
        throw new HttpProblem(404, 'not-found', `There is no staff member "${staffId}" in the client team "${name}".`);
      }
      if (result === 'last') throw lastMember(name);
      return reply(200, await findTeam(organisationId, id));
    }),
  ];
}

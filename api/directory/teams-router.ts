import { Router } from 'express';
import type { Request } from 'express';
import { randomUUID } from 'node:crypto';
import type { TeamView } from '../../store/people/teams';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, allowAllRoles, callerOf } from '../http/authenticate';
import { HttpProblem, notFound } from '../http/http-problem';
import { joinTeamSchema, newTeamSchema, pageSchema, renameTeamSchema } from './people-schemas';
import { jsonBody, parse } from '../http/parse';
import { inUse, lastMember, nameTaken, requireTeamName, unknownStaff } from './teams';

export function createTeamsRouter({ store, outbox }: Pick<AppDeps, 'store' | 'outbox'>): Router {
  const router = Router();

  const teamNotFound = (request: Request): HttpProblem => notFound('client team', String(request.params.id));

  async function findTeam(request: Request): Promise<TeamView> {
    const team = await store.teams.find(callerOf(request).organisationId, String(request.params.id));
    if (!team) throw teamNotFound(request);
    return team;
  }

  async function findStaff(request: Request, names: readonly string[]): Promise<string[]> {
    const { ids, unknown: missing } = await store.staff.named(callerOf(request).organisationId, names);
    if (missing.length > 0) throw unknownStaff(names, missing);
    return ids;
  }

  router.post('/', allowAdministrators, jsonBody, async (request, response) => {
    const { organisationId } = callerOf(request);
    const { name, staff } = parse(newTeamSchema, request.body ?? {}, 'body');
    const team = { _id: randomUUID(), organisationId, name: requireTeamName(name) };
    if (!(await store.teamChanges.create(team, await findStaff(request, staff)))) throw nameTaken(name);
    response
      .status(201)
      .location(`/v1/client-teams/${team._id}`)
      .json(await store.teams.find(organisationId, team._id));
  });

  router.get('/', allowAllRoles, async (request, response) => {
    const { limit, after } = parse(pageSchema, request.query, 'query');
    const { organisationId } = callerOf(request);
    const data = await store.teams.list({ organisationId, limit, ...(after !== undefined && { after }) });
    response.json({ data, next: data.length === limit ? data.at(-1)!.id : null });
  });

  router.get('/:id', allowAllRoles, async (request, response) => void response.json(await findTeam(request)));

  router.patch('/:id', allowAdministrators, jsonBody, async (request, response) => {
    const { id } = await findTeam(request);
    const name = requireTeamName(parse(renameTeamSchema, request.body ?? {}, 'body').name);
    const result = await store.teamChanges.rename(callerOf(request).organisationId, id, name);
    if (result === 'name-taken') throw nameTaken(name);
    response.json(await findTeam(request));
  });

  router.delete('/:id', allowAdministrators, async (request, response) => {
    const { id, name } = await findTeam(request);
    const result = await store.teamChanges.remove(callerOf(request).organisationId, id);
    if (result === 'unknown') throw teamNotFound(request);
    if (result !== 'removed') throw inUse(name, result);
    response.status(204).end();
  });

  router.post('/:id/staff', allowAdministrators, jsonBody, async (request, response) => {
    const { organisationId } = callerOf(request);
    const { id } = await findTeam(request);
    const { staff } = parse(joinTeamSchema, request.body ?? {}, 'body');
    const result = await store.teamChanges.addStaff(organisationId, id, await findStaff(request, staff));
    if (result === 'unknown') throw teamNotFound(request);
    outbox.poke();
    response.json(await findTeam(request));
  });

  router.delete('/:id/staff/:staffId', allowAdministrators, async (request, response) => {
    const { id, name } = await findTeam(request);
    const staffId = String(request.params.staffId);
    const result = await store.teamChanges.removeStaff(callerOf(request).organisationId, id, staffId);
    if (result === 'unknown') throw teamNotFound(request);
    if (result === 'not-a-member') {
      throw new HttpProblem(404, 'not-found', `There is no staff member "${staffId}" in the client team "${name}".`);
    }
    if (result === 'last') throw lastMember(name);
    response.json(await findTeam(request));
  });

  return router;
}

import { Router } from 'express';
import type { Request, Response } from 'express';
import type { PersonDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { allowAdministrators, allowAllRoles, callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';
import { inviteByHand } from '../uploads/invite-by-hand';
import type { InviteByHandDeps } from '../uploads/invite-by-hand';
import { staffByHandSchema } from './people-schemas';
import { listPeople, staffView, teamNamesOf } from './people';
import { jsonBody, parse } from '../http/parse';

/** Separates the names of several client teams in one cell. */
const TEAM_SEPARATOR = ';';

export function createStaffRouter(deps: InviteByHandDeps & Pick<AppDeps, 'outbox'>): Router {
  const { store } = deps;
  const router = Router();

  async function answer(request: Request, response: Response, person: PersonDoc | null): Promise<void> {
    if (!person) throw notFound('staff member', String(request.params.id));
    const { organisationId } = callerOf(request);
    response.json(staffView(person, await teamNamesOf(store, organisationId)));
  }

  router.post('/', allowAdministrators, jsonBody, async (request, response) => {
    const { strict, onExisting, teams, ...cells } = parse(staffByHandSchema, request.body ?? {}, 'body');
    await inviteByHand(deps, request, response, {
      kind: 'staff',
      cells: { ...cells, ...(teams && { teams: teams.join(TEAM_SEPARATOR) }) },
      strict,
      onExisting,
    });
  });

  router.get('/', allowAllRoles, async (request, response) => {
    response.json(await listPeople(store, request, 'staff', staffView));
  });

  router.get('/:id', allowAllRoles, async (request, response) => {
    await answer(
      request,
      response,
      await store.staff.find(callerOf(request).organisationId, String(request.params.id)),
    );
  });

  router.post('/:id/activation', allowAdministrators, async (request, response) => {
    const { organisationId } = callerOf(request);
    const person = await store.staff.activate(organisationId, String(request.params.id));
    deps.outbox.poke();
    await answer(request, response, person);
  });

  router.delete('/:id/activation', allowAdministrators, async (request, response) => {
    const { organisationId } = callerOf(request);
    await answer(request, response, await store.staff.deactivate(organisationId, String(request.params.id)));
  });

  return router;
}

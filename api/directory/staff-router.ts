import { json, Router } from 'express';
import type { Request, Response } from 'express';
import type { PersonDoc } from '../../store/documents';
import { allow, callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';
import { inviteByHand } from '../uploads/invite-by-hand';
import type { ByHandDeps } from '../uploads/invite-by-hand';
import { listPeople } from './list-people';
import { listPeopleSchema, staffByHandSchema } from './people-schemas';
import { staffView, teamNamesOf } from './people-views';
import { parse } from '../http/parse';
import type { Outbox } from '../temporal/outbox';

/** What stands between the names of several client teams in one cell. */
const BETWEEN_TEAMS = ';';

/** The routes of staff. */
export function createStaffRouter(deps: ByHandDeps & { outbox: Outbox }): Router {
  const { store } = deps;
  const router = Router();
  const mayChange = allow('systemAdministrator', 'userAdministrator');
  const mayLook = allow('systemAdministrator', 'userAdministrator', 'support');

  async function answer(request: Request, response: Response, person: PersonDoc | null): Promise<void> {
    if (!person) throw notFound('staff member', String(request.params.id));
    const { organisationId, role } = callerOf(request);
    response.json(staffView(person, await teamNamesOf(store, organisationId), role));
  }

  router.post('/', mayChange, json({ type: () => true }), async (request, response) => {
    const { strict, onExisting, teams, ...cells } = parse(staffByHandSchema, request.body ?? {}, 'body');
    await inviteByHand(deps, request, response, {
      kind: 'staff',
      cells: { ...cells, ...(teams && { teams: teams.join(BETWEEN_TEAMS) }) },
      strict,
      onExisting,
    });
  });

  router.get('/', mayLook, async (request, response) => {
    const query = parse(listPeopleSchema, request.query, 'query');
    const { organisationId, role } = callerOf(request);
    const teams = await teamNamesOf(store, organisationId);
    response.json(await listPeople(store, organisationId, 'staff', query, (person) => staffView(person, teams, role)));
  });

  router.get('/:id', mayLook, async (request, response) => {
    await answer(
      request,
      response,
      await store.staff.find(callerOf(request).organisationId, String(request.params.id)),
    );
  });

  router.post('/:id/activation', mayChange, async (request, response) => {
    const { organisationId } = callerOf(request);
    const person = await store.staff.activate(organisationId, String(request.params.id));
    deps.outbox.poke();
    await answer(request, response, person);
  });

  router.delete('/:id/activation', mayChange, async (request, response) => {
    const { organisationId } = callerOf(request);
    await answer(request, response, await store.staff.deactivate(organisationId, String(request.params.id)));
  });

  return router;
}

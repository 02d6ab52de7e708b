import { json, Router } from 'express';
import { allow, callerOf } from './authenticate';
import { notFound } from './http-problem';
import { inviteByHand } from './invite-by-hand';
import type { ByHandDeps } from './invite-by-hand';
import { listPeople } from './list-people';
import { clientByHandSchema, listPeopleSchema } from './people-schemas';
import { clientView, teamNamesOf } from './people-views';
import { parse } from './schemas';

/** The routes of clients. */
export function createClientsRouter(deps: ByHandDeps): Router {
  const { store } = deps;
  const router = Router();
  const mayChange = allow('systemAdministrator', 'userAdministrator');
  const mayLook = allow('systemAdministrator', 'userAdministrator', 'support');

  router.post('/', mayChange, json({ type: () => true }), async (request, response) => {
    const { strict, onExisting, team, ...cells } = parse(clientByHandSchema, request.body ?? {}, 'body');
    await inviteByHand(deps, request, response, {
      kind: 'clients',
      cells: { ...cells, ...(team !== undefined && { group: team }) },
      strict,
      onExisting,
    });
  });

  router.get('/', mayLook, async (request, response) => {
    const query = parse(listPeopleSchema, request.query, 'query');
    const { organisationId, role } = callerOf(request);
    const teams = await teamNamesOf(store, organisationId);
    response.json(await listPeople(store, organisationId, 'client', query, (found) => clientView(found, teams, role)));
  });

  router.get('/:id', mayLook, async (request, response) => {
    const { organisationId, role } = callerOf(request);
    const id = String(request.params.id);
    const found = await store.directory.find(organisationId, 'client', id);
    if (!found) throw notFound('client', id);
    response.json(clientView(found, await teamNamesOf(store, organisationId), role));
  });

  return router;
}

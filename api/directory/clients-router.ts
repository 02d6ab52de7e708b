import { json, Router } from 'express';
import { allow, callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';
import { inviteByHand } from '../uploads/invite-by-hand';
import type { ByHandDeps } from '../uploads/invite-by-hand';
import { listPeople } from './list-people';
import { clientByHandSchema, listPeopleSchema } from './people-schemas';
import { clientView, teamNamesOf } from './people-views';
import { parse } from '../http/parse';

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
    response.json(
      await listPeople(store, organisationId, 'client', query, (person) => clientView(person, teams, role)),
    );
  });

  router.get('/:id', mayLook, async (request, response) => {
    const { organisationId, role } = callerOf(request);
    const id = String(request.params.id);
    const person = await store.directory.find(organisationId, 'client', id);
    if (!person) throw notFound('client', id);
    response.json(clientView(person, await teamNamesOf(store, organisationId), role));
  });

  return router;
}

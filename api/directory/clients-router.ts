import { Router } from 'express';
import { allowAdministrators, allowAllRoles, callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';
import { inviteByHand } from '../uploads/invite-by-hand';
import type { InviteByHandDeps } from '../uploads/invite-by-hand';
import { clientByHandSchema } from './people-schemas';
import { clientView, listPeople, teamNamesOf } from './people';
import { jsonBody, parse } from '../http/parse';

export function createClientsRouter(deps: InviteByHandDeps): Router {
  const { store } = deps;
  const router = Router();

  router.post('/', allowAdministrators, jsonBody, async (request, response) => {
    const { strict, onExisting, team, ...cells } = parse(clientByHandSchema, request.body ?? {}, 'body');
    await inviteByHand(deps, request, response, {
      kind: 'clients',
      cells: { ...cells, ...(team !== undefined && { group: team }) },
      strict,
      onExisting,
    });
  });

  router.get('/', allowAllRoles, async (request, response) => {
    response.json(await listPeople(store, request, 'client', clientView));
  });

  router.get('/:id', allowAllRoles, async (request, response) => {
    const { organisationId } = callerOf(request);
    const id = String(request.params.id);
    const person = await store.directory.find(organisationId, 'client', id);
    if (!person) throw notFound('client', id);
    response.json(clientView(person, await teamNamesOf(store, organisationId)));
  });

  return router;
}

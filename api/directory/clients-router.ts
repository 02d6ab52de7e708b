import { callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';
import { pageReply } from '../routing/page';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { inviteByHand } from '../uploads/invite-by-hand';
import type { InviteByHandDeps } from '../uploads/invite-by-hand';
import { clientView, listPeople, viewPerson } from './people';
import { getClient, inviteClient, listClients } from './people-routes';

export function createClientsRoutes(deps: InviteByHandDeps): Route[] {
  const { store } = deps;
  return [
    route(inviteClient, ({ body: { strict, onExisting, team, ...cells } }, request) =>
      inviteByHand(deps, request, {
        kind: 'clients',
        cells: { ...cells, ...(team !== undefined && { group: team }) },
        strict,
        onExisting,
      }),
    ),

    route(listClients, async ({ query }, request) =>
      pageReply(
        request,
        deps.linkBase,
        await listPeople(store, callerOf(request).organisationId, { kind: 'client', ...query }, clientView),
      ),
    ),

    route(getClient, async ({ params: { id } }, request) => {
      const { organisationId } = callerOf(request);
      const person = await store.directory.find(organisationId, 'client', id);
      if (!person) throw notFound('client', id);
      return reply(200, await viewPerson(store, organisationId, person, clientView));
    }),
  ];
}

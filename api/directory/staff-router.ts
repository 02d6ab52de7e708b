import type { PersonDoc } from '../../store/documents';
import type { AppDeps } from '../app-deps';
import { callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';
import { pageReply } from '../routing/page';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { inviteByHand } from '../uploads/invite-by-hand';
import type { InviteByHandDeps } from '../uploads/invite-by-hand';
import { listPeople, staffView, viewPerson } from './people';
import {
  activateStaffMember,
  deactivateStaffMember,
  getStaffMember,
  inviteStaffMember,
  listStaff,
} from './people-routes';

/** Separates the names of several client teams in one cell. */
const TEAM_SEPARATOR = ';';

export function createStaffRoutes(deps: InviteByHandDeps & Pick<AppDeps, 'outbox'>): Route[] {
  const { store } = deps;

  async function answer(organisationId: string, id: string, person: PersonDoc | null) {
    if (!person) throw notFound('staff member', id);
    return reply(200, await viewPerson(store, organisationId, person, staffView));
  }

  return [
    route(inviteStaffMember, ({ body: { strict, onExisting, teams, ...cells } }, request) =>
      inviteByHand(deps, request, {
        kind: 'staff',
        cells: { ...cells, ...(teams && { teams: teams.join(TEAM_SEPARATOR) }) },
        strict,
        onExisting,
      }),
    ),

    route(listStaff, async ({ query }, request) =>
      pageReply(
        request,
        deps.linkBase,
        await listPeople(store, callerOf(request).organisationId, { kind: 'staff', ...query }, staffView),
      ),
    ),

    route(getStaffMember, async ({ params: { id } }, request) => {
      const { organisationId } = callerOf(request);
      return answer(organisationId, id, await store.staff.find(organisationId, id));
    }),

    route(activateStaffMember, async ({ params: { id } }, request) => {
      const { organisationId } = callerOf(request);
      const person = await store.staff.activate(organisationId, id);
      deps.outbox.poke();
      return answer(organisationId, id, person);
    }),

    route(deactivateStaffMember, async ({ params: { id } }, request) => {
      const { organisationId } = callerOf(request);
      return answer(organisationId, id, await store.staff.deactivate(organisationId, id));
    }),
  ];
}

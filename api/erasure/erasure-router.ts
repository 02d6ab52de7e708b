import type { Request } from 'express';
import type { PersonKind } from '../../domain/person';
import type { ErasureDoc } from '../../store/erasure/erasure-documents';
import type { AppDeps } from '../app-deps';
import { lastMember } from '../directory/teams';
import { callerOf } from '../http/authenticate';
import { notFound } from '../http/http-problem';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { goOn } from './carry-out';
import { eraseClient, eraseStaffMember } from './erasure-routes';

const NAMES = { client: 'client', staff: 'staff member' } as const satisfies Record<PersonKind, string>;

export function createErasureRoutes({ store, outbox, config }: Pick<AppDeps, 'store' | 'outbox' | 'config'>): Route[] {
  async function erase(kind: PersonKind, id: string, request: Request) {
    const begun = await store.erasures.begin(callerOf(request).organisationId, kind, id);
    if (begun.kind === 'unknown') throw notFound(NAMES[kind], id);
    if (begun.kind === 'last-member') throw lastMember(begun.team);
    const erasure = begun.erasure.erasedAt ? begun.erasure : await goOn(store, config, begun.erasure);
    outbox.poke();
    const view = erasureView(erasure);
    if (view.removed) request.audit?.note(view.removed);
    return view.status === 'erased' ? reply(200, view) : reply(202, view);
  }

  return [
    route(eraseClient, ({ params: { id } }, request) => erase('client', id, request)),
    route(eraseStaffMember, ({ params: { id } }, request) => erase('staff', id, request)),
  ];
}

function erasureView({ _id, kind, requestedAt, erasedAt, rowIds, importIds, invitations = 0 }: ErasureDoc) {
  return {
    id: _id,
    kind,
    status: erasedAt ? ('erased' as const) : ('erasing' as const),
    requestedAt: requestedAt.toISOString(),
    erasedAt: erasedAt?.toISOString() ?? null,
    removed: erasedAt ? { rows: rowIds.length, files: importIds.length, invitations } : null,
  };
}

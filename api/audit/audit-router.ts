import type { AppDeps } from '../app-deps';
import { findImport } from '../http/find-import';
import { reply, route } from '../routing/route';
import type { Route } from '../routing/route';
import { auditImport } from './audit-import';
import { auditImportRoute } from './audit-routes';

export const createAuditRoutes = (deps: AppDeps): Route[] => [
  route(auditImportRoute, async (_input, request) => {
    const { _id: id, fileName } = await findImport(deps.store, request);
    const invariants = await auditImport(deps, id);
    const { status } = (await deps.store.progress.find(id))!;
    return reply(200, { id, fileName, status, ok: invariants.every(({ ok }) => ok !== false), invariants });
  }),
];

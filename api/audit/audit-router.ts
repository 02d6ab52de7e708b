import { Router } from 'express';
import type { AppDeps } from '../app-deps';
import { auditImport } from './audit-import';
import { allow } from '../http/authenticate';
import { findImport } from '../http/find-import';

/** Whether the books of an import are true, by six rules that hold whatever has broken on the way. */
export function createAuditRouter(deps: AppDeps): Router {
  const router = Router();

  router.get('/:id/audit', allow('systemAdministrator', 'userAdministrator', 'support'), async (request, response) => {
    const importDoc = await findImport(deps.store, request);
    const invariants = await auditImport(deps, importDoc._id);
    const { status } = (await deps.store.progress.find(importDoc._id))!;
    response.json({
      id: importDoc._id,
      fileName: importDoc.fileName,
      status,
      ok: invariants.every(({ ok }) => ok !== false),
      invariants,
    });
  });

  return router;
}

import { Router } from 'express';
import type { AppDeps } from './app-deps';
import { auditImport } from './audit-import';
import { allow } from './authenticate';
import { findImport } from './find-import';

/** Whether the books of an import are true, by six rules that hold whatever has broken on the way. */
export function createAuditRouter(deps: AppDeps): Router {
  const router = Router();

  router.get('/:id/audit', allow('systemAdministrator', 'userAdministrator', 'support'), async (request, response) => {
    const found = await findImport(deps.store, request);
    const invariants = await auditImport(deps, found._id);
    const { status } = (await deps.store.progress.find(found._id))!;
    response.json({
      id: found._id,
      fileName: found.fileName,
      status,
      holds: invariants.every(({ holds }) => holds !== false),
      invariants,
    });
  });

  return router;
}

import { Router } from 'express';
import type { AppDeps } from '../app-deps';
import { auditImport } from './audit-import';
import { allowAllRoles } from '../http/authenticate';
import { findImport } from '../http/find-import';

export function createAuditRouter(deps: AppDeps): Router {
  const router = Router();

  router.get('/:id/audit', allowAllRoles, async (request, response) => {
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

import type { ImportPlan } from '../../contract/snapshot';
import type { ImportDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { createPlanApplier } from './apply-plan';
import { buildPlan } from './build-plan';
import { importNotFound } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';

/**
 * Reads the file, checks every row and stages the rows. An import that is planned already is not read again; its snapshot
 * lets a new run of the workflow continue where another ended.
 */
export function createPlanImport(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;
  const plans = createPlanApplier(deps);

  return ({ importId }: { importId: string }): Promise<ImportPlan> =>
    withHeartbeat(async () => {
      const importDoc = await store.imports.find(importId);
      if (!importDoc) throw importNotFound(importId);
      if (!importDoc.plannedAt) await plan(importDoc);
      else await plans.applyRequested(importDoc);
      return { snapshot: await takeSnapshot(deps, importId), timing: settings.timing };
    });

  async function plan(importDoc: ImportDoc): Promise<void> {
    const [{ rows, ofFile }] = await Promise.all([
      buildPlan(deps, importDoc),
      store.imports.advance(importDoc._id, 'planning'),
    ]);
    const mustWait = importDoc.options.mode === 'preview' || ofFile.questions.length > 0;
    const awaitsApproval = mustWait && ofFile.planHash !== undefined;
    await store.plans.record(importDoc._id, rows, ofFile, awaitsApproval);
  }
}

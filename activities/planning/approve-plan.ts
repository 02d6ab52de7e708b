import type { ApplyPlanRequest } from '../../contract/messages';
import type { ActivityDeps } from '../deps';
import { buildPlan } from './build-plan';
import type { ImportDoc } from '../../store/documents';
import { fileRefused, importNotFound, nothingToApply, planOutdated } from '../failures';
import { withHeartbeat } from '../heartbeat';

/**
 * Approves the plan of a preview, if it is still what would be done now. Where the organisation's data has moved since, the
 * new plan takes the old one's place, to be looked at again, and `PlanOutdated` is thrown; a file that is refused by now has
 * none. Approving twice is no fault.
 */
export function createApplyPlan(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store, settings } = deps;

  return ({ importId, planHash }: { importId: string } & ApplyPlanRequest): Promise<void> =>
    withHeartbeat(async () => {
      const importDoc = await store.imports.find(importId);
      if (!importDoc) throw importNotFound(importId);
      if (isApproved(importDoc, planHash)) return;
      const plannedAfter = new Date(Date.now() - settings.timing.approvalMs);
      if (importDoc.status !== 'awaiting-approval' || !importDoc.plannedAt || importDoc.plannedAt <= plannedAfter) {
        throw nothingToApply();
      }
      if (importDoc.planHash !== planHash) throw planOutdated();

      const { rows, ofFile } = await buildPlan(deps, importDoc);
      if (ofFile.planHash === planHash) {
        if (await store.imports.approve(importId, planHash, plannedAfter)) return;
      } else {
        await store.plans.replace(importId, planHash, rows, ofFile);
      }
      // Somebody else may have approved this very plan meanwhile: then what it has done is what looks like a change.
      const now = await store.imports.find(importId);
      if (now && isApproved(now, planHash)) return;
      if (ofFile.planHash === undefined) throw fileRefused(ofFile.fileProblems.map(({ code }) => code));
      throw ofFile.planHash === planHash ? nothingToApply() : planOutdated();
    });
}

const isApproved = ({ appliedAt, planHash }: ImportDoc, asked: string): boolean =>
  appliedAt !== undefined && planHash === asked;

import type { ImportDoc } from '../../store/documents';
import { HttpProblem } from '../http/http-problem';
import type { ImportService } from '../temporal/import-service';

/**
 * Has the plan of a preview carried out. MongoDB is asked first: an update-with-start begins a new run of an import that has
 * ended, and one that finds nothing to do should not have been begun.
 */
export async function applyPlan(service: ImportService, importDoc: ImportDoc, planHash: string): Promise<void> {
  if (importDoc.appliedAt && importDoc.planHash === planHash) return;
  if (importDoc.status !== 'awaiting-approval') {
    throw new HttpProblem(
      409,
      'nothing-to-apply',
      importDoc.options.mode === 'preview'
        ? `There is no plan that waits to be applied: this import is ${importDoc.status}.`
        : 'This import is no preview, so there is no plan to apply. Upload the file with mode=preview to look at it first.',
    );
  }
  if (importDoc.planHash !== planHash) {
    throw new HttpProblem(
      409,
      'plan-outdated',
      'This is not the hash of the plan as it stands. Look at the import and its rows again, and apply the plan you see there.',
    );
  }
  await service.apply(importDoc, { planHash });
}

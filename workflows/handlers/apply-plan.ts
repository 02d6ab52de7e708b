import { condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { APPLY_PLAN } from '../../contract/messages';
import type { ApplyPlanRequest } from '../../contract/messages';
import { database } from '../steps/activity-options';
import type { ImportState } from '../state/import-state';
import { apply, plan } from '../steps/steps';
import { problemOfApply, rejectIf } from './requests';

const applyUpdate = defineUpdate<null, [ApplyPlanRequest]>(APPLY_PLAN);

/** Lets an administrator apply the plan of a preview. It answers as soon as that stands in MongoDB; the main loop does the rest. */
export function handleApplyPlan(state: ImportState): void {
  setHandler(
    applyUpdate,
    async ({ planHash }) => {
      await condition(() => state.isPlanned);
      try {
        apply(state, await database.applyPlan({ importId: state.importId, planHash }));
      } catch (error) {
        // The plan may have been made anew; the counts on show are to be those of the new one.
        await plan(state);
        throw error;
      }
      return null;
    },
    {
      validator: (request) => rejectIf(problemOfApply(request)),
      description:
        'Applies the plan of a preview: {"planHash": "…"}, with the hash of the plan as the API shows it. ' +
        'Rejected if the data has changed since the plan was made.',
    },
  );
}

import { condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { APPLY_PLAN } from '../../contract/messages';
import type { ApplyPlanRequest } from '../../contract/messages';
import { database } from '../steps/activity-options';
import type { ImportState } from '../state/import-state';
import { apply, plan } from '../steps/steps';
import { problemOfApply, rejectIf } from './requests';

const applyUpdate = defineUpdate<null, [ApplyPlanRequest]>(APPLY_PLAN);

/** Lets an administrator apply the plan of a preview. Answers once MongoDB has it; the main loop does the rest. */
export function handleApplyPlan(state: ImportState): void {
  setHandler(
    applyUpdate,
    async ({ planHash }) => {
      await condition(() => state.isPlanned);
      try {
        apply(state, await database.applyPlan({ importId: state.importId, planHash }));
      } catch (error) {
        // A new plan may have replaced this one: show its counts.
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

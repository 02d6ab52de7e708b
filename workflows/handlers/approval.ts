import { allHandlersFinished, ApplicationFailure, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import { FAILURES } from '../../contract/failures';
import { APPLY_PLAN } from '../../contract/messages';
import type { ApplyPlanRequest } from '../../contract/messages';
import { database } from '../activity-options';
import type { ImportState } from '../import-state';
import { faultOfApply } from './requests';
import { enter } from './support-view';

const applyUpdate = defineUpdate<null, [ApplyPlanRequest]>(APPLY_PLAN);

/** Lets an admin have the plan of a preview carried out. It answers as soon as the plan is approved. */
export function handleApproval(state: ImportState): void {
  setHandler(
    applyUpdate,
    async ({ planHash }) => {
      await condition(() => state.planned);
      try {
        await database.applyPlan({ importId: state.importId, planHash });
      } catch (error) {
        // The plan may have been drawn up anew; the counts on show are to be those of the new one.
        state.begin(await database.planImport({ importId: state.importId }));
        enter(state, state.status);
        throw error;
      }
      state.approve();
      return null;
    },
    {
      validator: (request) => {
        const fault = faultOfApply(request);
        if (fault) throw ApplicationFailure.nonRetryable(fault, FAILURES.invalidRequest);
      },
      description:
        'Carries out the plan of a preview: {"planHash": "…"}, the hash being that of the plan as the API shows it. ' +
        'Refused if the data has moved since the plan was drawn up.',
    },
  );
}

/** Waits until the plan is approved, and returns whether it was before it expired. */
export async function approval(state: ImportState): Promise<boolean> {
  enter(state, 'awaiting-approval');
  await condition(() => state.approved || state.refused, Math.max(1, state.timing.approvalMs));
  // An approval may be under way in the very moment in which the time is over.
  await condition(allHandlersFinished);
  if (state.approved || state.refused) return state.approved;
  // Nor does a run that was reset to an earlier time know of an approval that came later in the old one.
  const plan = await database.planImport({ importId: state.importId });
  state.begin(plan);
  return !plan.awaitsApproval;
}

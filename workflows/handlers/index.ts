import type { CancellationScope } from '@temporalio/workflow';
import { condition, defineQuery, defineSignal, defineUpdate, patched, setHandler } from '@temporalio/workflow';
import type { ImportProgress } from '../../contract/import';
import { APPLY_PLAN, QUERIES, REFRESH } from '../../contract/messages';
import type { ApplyPlanRequest, RowQuery, RowsQuery, RowState } from '../../contract/messages';
import type { ImportState } from '../state/import-state';
import { database } from '../steps/activity-options';
import { apply, plan } from '../steps/steps';
import { handlePauses } from './pause';
import { problemOfApply, problemOfRow, problemOfRows, rejectIf } from './requests';
import { handleRetries } from './retries';

/** Before it, no plan changed while it waited for approval, but by the update that applies one. */
const PLAN_MAY_BE_REPLACED = 'plan-may-be-replaced';

/** Handles all messages to an import. A cancellation ends `story`. */
export function handleMessages(state: ImportState, story: CancellationScope): void {
  answerQueries(state);
  handleApplyPlan(state);
  handleRetries(state);
  handlePauses(state, story);
  setHandler(
    defineSignal(REFRESH),
    () => {
      state.refreshRequested = true;
      const status = state.snapshot?.status ?? 'awaiting-approval';
      if (status === 'awaiting-approval' && patched(PLAN_MAY_BE_REPLACED)) state.isPlanReplaced = true;
    },
    {
      description:
        'Reads this import again after a change outside of its workflow, such as a report of a provider or a team that is ready. ' +
        'Takes no input. The product sends it; sending it by hand does no harm.',
    },
  );
}

/** Lets an administrator apply the plan of a preview. Answers once MongoDB has it; the main loop does the rest. */
function handleApplyPlan(state: ImportState): void {
  setHandler(
    defineUpdate<null, [ApplyPlanRequest]>(APPLY_PLAN),
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

/** The queries of the Temporal UI: the workflow's own view of its import. The API answers from MongoDB instead. */
function answerQueries(state: ImportState): void {
  setHandler(defineQuery<ImportProgress>(QUERIES.progress), () => state.progress(), {
    description: 'Status and counts of this import. Takes no input.',
  });
  setHandler(
    defineQuery<RowState[], [RowsQuery?]>(QUERIES.rows),
    (query) => {
      rejectIf(problemOfRows(query));
      return state.page(query);
    },
    {
      description:
        'The status of the rows, 100 at a time. Optional input: {"status": "rejected", "after": 101, "limit": 50}.',
    },
  );
  setHandler(
    defineQuery<RowState | null, [RowQuery?]>(QUERIES.row),
    (query) => {
      rejectIf(problemOfRow(query));
      return state.row(query);
    },
    { description: 'The status of one spreadsheet line. Input: {"row": 17}.' },
  );
}

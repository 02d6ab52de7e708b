import type { CancellationScope } from '@temporalio/workflow';
import { condition, defineQuery, setHandler } from '@temporalio/workflow';
import type { ImportProgress } from '../../contract/import';
import { APPLY_PLAN, QUERIES, REFRESH } from '../../contract/messages';
import type {
  ApplyPlanRequest,
  GivenCommand,
  RowAnswer,
  RowQuery,
  RowsAnswer,
  RowsQuery,
} from '../../contract/messages';
import type { ImportState } from '../state/import-state';
import { planning, runStep } from '../steps/activity-options';
import { apply, plan, refreshPreview } from '../steps/steps';
import { InTurn } from './in-turn';
import { Messages } from './messages';
import { handlePauses } from './pause';
import { problemOfApply, problemOfRow, problemOfRows, rejectIf } from './requests';
import { handleRetries } from './retries';

/** Of a file of several pages. */
const KNOWS_SOME =
  'Of a file of more than 500 rows a workflow knows the counts, and the first lines of each group. The API and the command line know all.';

/** Handles all messages to an import. A cancellation ends `story`. */
export function handleMessages(state: ImportState, story: CancellationScope): void {
  answerQueries(state);
  const messages = new Messages(state);
  const inTurn = new InTurn(state);
  handleApplyPlan(messages, inTurn, state);
  handleRetries(messages, inTurn, state);
  handlePauses(messages, inTurn, state, story);
  messages.onSignal(REFRESH, {
    check: () => undefined,
    act: async () => {
      state.refreshRequested = true;
      refreshPreview(state);
    },
    description:
      'Reads this import again after a change outside of its workflow: a command by the API, a report of a provider, a team ' +
      'that is ready. Leave the input empty. The product sends it; sending it by hand does no harm.',
  });
  messages.deliver();
}

/** Lets an administrator apply the plan of a preview. Answers once MongoDB has it; the main loop does the rest. */
function handleApplyPlan(messages: Messages, inTurn: InTurn, state: ImportState): void {
  const applyPlan = async (command: GivenCommand, { planHash }: ApplyPlanRequest): Promise<null> => {
    await condition(() => state.isPlanned);
    try {
      apply(
        state,
        await runStep(planning.applyPlan, 'apply the plan', { importId: state.importId, planHash, command }),
      );
    } catch (error) {
      // A new plan may have replaced this one: show its counts.
      await plan(state);
      throw error;
    }
    return null;
  };
  messages.onUpdate(APPLY_PLAN, {
    check: problemOfApply,
    act: (command, request) => inTurn.run(() => applyPlan(command, request as ApplyPlanRequest)),
    description:
      'Applies the plan of a preview: {"planHash": "…"}, with the hash of the plan as the API shows it. ' +
      'Rejected if the data has changed since the plan was made.',
  });
}

/**
 * The queries of the Temporal UI: the workflow's own view of its import. The API answers from MongoDB instead. Each answers with an
 * object, since Temporal's command line shows `null` and an empty list as nothing.
 */
function answerQueries(state: ImportState): void {
  setHandler(defineQuery<ImportProgress>(QUERIES.progress), () => state.progress(), {
    description: 'Shows the status and the counts of this import. Leave the input empty.',
  });
  setHandler(
    defineQuery<RowsAnswer, [RowsQuery?]>(QUERIES.rows),
    (query) => {
      rejectIf(problemOfRows(query));
      const rows = state.page(query);
      return { rows: rows.length > 0 ? rows : 'none' };
    },
    {
      description:
        'Lists rows with their states and codes, 100 at a time. Leave the input empty for all, or narrow it: ' +
        '{"status": "failed", "after": 101, "limit": 50}. The status is that of a row (rejected, waiting, created …) or of an ' +
        'invitation (failed, bounced, unconfirmed, delivered …). Answers {"rows": "none"} where there is none.',
    },
  );
  setHandler(
    defineQuery<RowAnswer, [RowQuery?]>(QUERIES.row),
    (query) => {
      rejectIf(problemOfRow(query));
      const row = state.row(query);
      if (row) return { found: true, ...row };
      return { found: false, row: query?.row ?? 0, ...(state.snapshot?.pages && { note: KNOWS_SOME }) };
    },
    {
      description: 'Shows one line of the spreadsheet: {"row": 17}. Answers {"found": false} if no row is there.',
    },
  );
}

import type { CancellationScope } from '@temporalio/workflow';
import { defineSignal, setHandler } from '@temporalio/workflow';
import { REFRESH } from '../../contract/messages';
import type { ImportState } from '../state/import-state';
import { handleApplyPlan } from './apply-plan';
import { handlePauses } from './pause';
import { handleRetries } from './retries';
import { answerQueries } from './queries';

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
    },
    {
      description:
        'Reads this import again after a change outside of its workflow, such as a report of a provider or a team that is ready. ' +
        'Takes no input. The product sends it; sending it by hand does no harm.',
    },
  );
}

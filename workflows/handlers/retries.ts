import { condition, defineSignal, defineUpdate, log, setHandler, uuid4 } from '@temporalio/workflow';
import { RETRY_INVITATIONS } from '../../contract/messages';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import type { ImportState } from '../state/import-state';
import { database } from '../steps/activity-options';
import { apply } from '../steps/steps';
import { logFailedSignal, problemOfRetry, rejectIf } from './requests';

const retryUpdate = defineUpdate<RetryReceipt, [RetryRequest?]>(RETRY_INVITATIONS);
const retrySignal = defineSignal<[RetryRequest?]>(RETRY_INVITATIONS);

const DESCRIPTION =
  'Sends failed invitations again, without a new upload. Leave the input empty to retry all of them, or narrow it: ' +
  '{"rows": [17, 42], "channels": ["sms"], "classes": ["transient"]}. Accepted invitations are never sent again. ' +
  'Unconfirmed ones are sent again with {"includeUnconfirmed": true}; a person who did get one gets it twice.';

/**
 * Lets support staff retry failed invitations. Opens them again; the main loop sends them. Offered as an update, which answers
 * with their number, and as a signal, which the command line can send to many imports.
 */
export function handleRetries(state: ImportState): void {
  const open = async (request?: RetryRequest | null): Promise<RetryReceipt> => {
    await condition(() => state.isPlanned);
    const { receipt, snapshot } = await database.openRetries({
      importId: state.importId,
      retryId: uuid4(),
      ...request,
    });
    apply(state, snapshot);
    return receipt;
  };

  setHandler(retryUpdate, open, {
    validator: (request?: RetryRequest) => rejectIf(problemOfRetry(request)),
    description: DESCRIPTION,
  });
  setHandler(
    retrySignal,
    async (request) => {
      const problem = problemOfRetry(request);
      if (problem) return log.warn('A retry by signal was rejected', { problem });
      await open(request).catch(logFailedSignal(RETRY_INVITATIONS));
    },
    { description: DESCRIPTION },
  );
}

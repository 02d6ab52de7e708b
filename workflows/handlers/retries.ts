import {
  ApplicationFailure,
  condition,
  log,
  setHandler,
  uuid4,
  defineSignal,
  defineUpdate,
} from '@temporalio/workflow';
import { FAILURES } from '../../contract/failures';
import { RETRY_INVITATIONS } from '../../contract/messages';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import { parseRowSet } from '../../contract/row-set';
import { database } from '../activity-options';
import type { ImportState } from '../import-state';
import { faultOfRetry } from './requests';

const retryUpdate = defineUpdate<RetryReceipt, [RetryRequest?]>(RETRY_INVITATIONS);
const retrySignal = defineSignal<[RetryRequest?]>(RETRY_INVITATIONS);

const DESCRIPTION =
  'Sends failed invitations again, without a new upload. Leave the input empty for all of them, or narrow it: ' +
  '{"rows": [17, 42], "channels": ["sms"], "classes": ["transient"]}. Invitations that were accepted are never sent again; ' +
  'with {"includeUnconfirmed": true} those are that nobody can tell of, and who has got one gets it twice.';

/**
 * Lets support staff retry. It answers as soon as the failed invitations are open again; the import's own loop sends them.
 * Offered as an update, which tells how many there are, and as a signal, which the command line can send to many imports.
 */
export function handleRetries(state: ImportState): void {
  const open = async (request?: RetryRequest | null): Promise<RetryReceipt> => {
    await condition(() => state.planned);
    const opened = await database.openRetries({ importId: state.importId, retryId: uuid4(), ...request });
    state.apply({ invitations: opened });
    const count = (channel: string): number =>
      opened
        .filter((outcome) => outcome.channel === channel)
        .reduce((sum, { rows }) => sum + parseRowSet(rows).length, 0);
    return { email: count('email'), sms: count('sms') };
  };

  setHandler(retryUpdate, open, { validator: validate, description: DESCRIPTION });
  setHandler(
    retrySignal,
    async (request) => {
      const fault = faultOfRetry(request);
      if (fault) return log.warn('A retry by signal was not understood', { fault });
      // Nobody waits for a signal's answer, and a failure in it would end the import.
      await open(request).catch((error: unknown) =>
        log.warn('A retry by signal did nothing', { error: String(error) }),
      );
    },
    { description: DESCRIPTION },
  );
}

function validate(request?: RetryRequest): void {
  const fault = faultOfRetry(request);
  if (fault) throw ApplicationFailure.nonRetryable(fault, FAILURES.invalidRequest);
}

import type { GivenCommand, RetryReceipt, RetryRequest } from '../../contract/messages';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { nothingToRetry } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';
import { createCommandRecorder } from '../commands/record-command';

interface RetryInput extends RetryRequest {
  importId: string;
  /** Makes the request idempotent. */
  retryId: string;
  command?: GivenCommand;
}

interface OpenedRetries {
  receipt: RetryReceipt;
  snapshot: ImportSnapshot;
}

/** Opens a new generation of the failed invitations. Throws `NothingToRetry` if none of the requested ones has failed. */
export function createOpenRetries(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store } = deps;
  const recorded = createCommandRecorder(deps);

  return ({ command, ...request }: RetryInput): Promise<OpenedRetries> =>
    withHeartbeat(() =>
      recorded('retryImportInvitations', { importId: request.importId, ...(command && { command }) }, async () => {
        const receipt = await store.generations.retry(request);
        if (receipt.email + receipt.sms === 0) throw nothingToRetry();
        return { result: { receipt, snapshot: await takeSnapshot(deps, request.importId) }, facts: receipt };
      }),
    );
}

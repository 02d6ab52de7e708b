import type { Channel } from '../../contract/invitation';
import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ActivityDeps } from '../deps';
import { nothingToRetry } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';

interface RetryInput extends RetryRequest {
  importId: string;
  /** Makes the request idempotent. */
  retryId: string;
}

interface OpenedRetries {
  receipt: RetryReceipt;
  snapshot: ImportSnapshot;
}

/** Opens a new generation of the failed invitations. Throws `NothingToRetry` if none of the requested ones has failed. */
export function createOpenRetries(deps: Pick<ActivityDeps, 'store' | 'settings'>) {
  const { store } = deps;

  return (input: RetryInput): Promise<OpenedRetries> =>
    withHeartbeat(async () => {
      const opened = await store.generations.open(input);
      if (opened.length === 0) throw nothingToRetry();
      const count = (channel: Channel): number => opened.filter((invitation) => invitation.channel === channel).length;
      return {
        receipt: { email: count('email'), sms: count('sms') },
        snapshot: await takeSnapshot(deps, input.importId),
      };
    });
}

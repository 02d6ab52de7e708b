import type { Channel, FailureClass, InvitationOutcome } from '../../contract/invitation';
import { groupInvitations } from '../../store/imports/outcomes';
import type { ActivityDeps } from '../deps';
import { nothingToRetry } from '../failures';
import { withHeartbeat } from '../heartbeat';

export interface RetryInput {
  importId: string;
  retryId: string;
  rows?: number[];
  channels?: Channel[];
  classes?: FailureClass[];
  includeUnconfirmed?: boolean;
}

/** Opens a new generation of the failed invitations. Throws `NothingToRetry` where none of those asked for has failed. */
export function createOpenRetries({ store }: Pick<ActivityDeps, 'store'>) {
  return (input: RetryInput): Promise<InvitationOutcome[]> =>
    withHeartbeat(async () => {
      const opened = await store.generations.open(input);
      if (opened.length === 0) throw nothingToRetry();
      await store.imports.reopen(input.importId, input.retryId);
      return groupInvitations(opened);
    });
}

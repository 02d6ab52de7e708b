import { RETRYABLE_STATES } from '../contract/invitation';
import type { Channel } from '../contract/invitation';
import type { RetryReceipt } from '../contract/messages';
import type { ImportDoc } from '../store/documents';
import type { Store } from '../store/index';
import { HttpProblem } from './http-problem';
import type { ImportService } from './import-service';

/**
 * Asks an import to send failed invitations again. MongoDB is asked first: an update-with-start begins a new run of an import
 * that has ended, and one that finds nothing to do should not have been begun.
 */
export async function retryInvitations(
  { store, service }: { store: Pick<Store, 'invitations'>; service: ImportService },
  found: ImportDoc,
  { rows, channels }: { rows?: number[] | undefined; channels?: Channel[] | undefined },
): Promise<RetryReceipt> {
  const selection = { ...(rows && { rows }), ...(channels && { channels }) };
  const failed = await store.invitations.outcomes({ importId: found._id, states: RETRYABLE_STATES, ...selection });
  if (failed.length === 0) {
    throw new HttpProblem(
      409,
      'nothing-to-retry',
      'Nothing failed among these invitations: there is nothing to retry.',
    );
  }
  return service.retry(found, selection);
}

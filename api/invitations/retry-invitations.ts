import type { RetryReceipt, RetryRequest } from '../../contract/messages';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';
import type { ImportService } from '../temporal/import-service';

/**
 * Asks an import to send failed invitations again. MongoDB is asked first: an update-with-start begins a new run of an import
 * that has ended, and one that finds nothing to do should not have been begun.
 */
export async function retryInvitations(
  { store, service }: { store: Pick<Store, 'invitations'>; service: ImportService },
  importDoc: ImportDoc,
  request: RetryRequest,
): Promise<RetryReceipt> {
  const { rows, channels, ...retryable } = request;
  const among = { importId: importDoc._id, ...(rows && { rows }), ...(channels && { channels }) };
  if ((await store.invitations.count({ ...among, retryable })) === 0) {
    const unconfirmed = request.includeUnconfirmed
      ? 0
      : await store.invitations.count({ ...among, states: ['unconfirmed'] });
    const doubt =
      unconfirmed > 0
        ? ` ${unconfirmed} are unconfirmed and may have arrived; "includeUnconfirmed": true sends those again all the same.`
        : '';
    throw new HttpProblem(
      409,
      'nothing-to-retry',
      `None of these invitations has failed: there is nothing to retry.${doubt}`,
    );
  }
  return service.retry(importDoc, request);
}

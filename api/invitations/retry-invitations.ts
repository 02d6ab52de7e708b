import type { Channel, FailureClass } from '../../contract/invitation';
import type { RetryReceipt } from '../../contract/messages';
import type { ImportDoc } from '../../store/documents';
import type { Store } from '../../store/index';
import { HttpProblem } from '../http/http-problem';
import type { ImportService } from '../temporal/import-service';

interface RetryBody {
  rows?: number[] | undefined;
  channels?: Channel[] | undefined;
  classes?: FailureClass[] | undefined;
  includeUnconfirmed?: boolean | undefined;
}

/**
 * Asks an import to send failed invitations again. MongoDB is asked first: an update-with-start begins a new run of an import
 * that has ended, and one that finds nothing to do should not have been begun.
 */
export async function retryInvitations(
  { store, service }: { store: Pick<Store, 'invitations'>; service: ImportService },
  importDoc: ImportDoc,
  { rows, channels, classes, includeUnconfirmed = false }: RetryBody,
): Promise<RetryReceipt> {
  const selection = { ...(rows && { rows }), ...(channels && { channels }) };
  const among = { importId: importDoc._id, ...selection };
  const how = { ...(classes && { classes }), ...(includeUnconfirmed && { includeUnconfirmed }) };
  const failed = await store.invitations.outcomes({ ...among, retryable: how });
  if (failed.length === 0) {
    const unconfirmed = includeUnconfirmed ? [] : await store.invitations.find({ ...among, states: ['unconfirmed'] });
    const doubt =
      unconfirmed.length > 0
        ? ` ${unconfirmed.length} are unconfirmed and may have arrived; "includeUnconfirmed": true sends those again all the same.`
        : '';
    throw new HttpProblem(
      409,
      'nothing-to-retry',
      `None of these invitations has failed: there is nothing to retry.${doubt}`,
    );
  }
  return service.retry(importDoc, { ...selection, ...how });
}

import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import { FAILURES } from '../../contract/failures';
import { invitationsTaskQueue } from '../../contract/import';
import type { DatabaseActivities, ProviderActivities } from '../../activities/index';

/** What Temporal shows beside a step's name; it keeps at most 200 bytes. */
export const withSummary = (text: string) => ({ summary: text.length > 200 ? `${text.slice(0, 197)}...` : text });

/** A lost worker is noticed after this long: it is the longest that a file stands still because of it. */
const HEARTBEAT_TIMEOUT = '5s';
const FINAL_FAILURES = [
  FAILURES.importNotFound,
  FAILURES.nothingToRetry,
  FAILURES.planOutdated,
  FAILURES.nothingToApply,
  FAILURES.nothingToPause,
];

/** Database steps: quick, and safe to run twice, so they are retried soon and for as long as the database may be away. */
export const database = proxyActivities<DatabaseActivities>({
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '30d',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  // A step between two writes goes on to its end, whatever happens to its import.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: {
    initialInterval: '200ms',
    backoffCoefficient: 2,
    maximumInterval: '10s',
    nonRetryableErrorTypes: FINAL_FAILURES,
  },
});

/**
 * Provider calls. What may be sent again is decided by the ledger, so a retry never repeats a send; the pauses grow to a
 * minute and give way to a provider's own wish. After a day without success the rows are handed to a person; whoever
 * cancels does not wait for that.
 */
export const providers = (patience: '1 day' | '1 minute' = '1 day') =>
  proxyActivities<ProviderActivities>({
    taskQueue: invitationsTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '30m',
    scheduleToCloseTimeout: patience,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    // A cancelled import is closed only after the sends under way are written down.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '1m',
      nonRetryableErrorTypes: FINAL_FAILURES,
    },
  });

import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ActivityInterfaceFor, ActivityOptions } from '@temporalio/workflow';
import { FAILURES } from '../../contract/failures';
import { filesTaskQueue, firstFilesTaskQueue, invitationsTaskQueue } from '../../contract/import';
import type { DatabaseActivities, FileActivities, ProviderActivities } from '../../activities/index';

/** The text beside the name of a step or a timer in Temporal, which stores at most 200 bytes. Lines and codes only. */
export const withSummary = (text: string) => ({ summary: text.length > 200 ? `${text.slice(0, 197)}...` : text });

interface Step<I extends unknown[], R> {
  executeWithOptions(options: { summary: string }, input: I): Promise<R>;
}

/** Runs a step with a summary, so that a history can be read. */
export const runStep = <I extends unknown[], R>(step: Step<I, R>, summary: string, ...input: I): Promise<R> =>
  step.executeWithOptions(withSummary(summary), input);

/** The longest delay of a file because of a lost worker. */
const HEARTBEAT_TIMEOUT = '5s';
const FINAL_FAILURES = [
  FAILURES.importNotFound,
  FAILURES.nothingToRetry,
  FAILURES.planOutdated,
  FAILURES.nothingToApply,
  FAILURES.nothingToPause,
];

const DATABASE_OPTIONS = {
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '30d',
  heartbeatTimeout: HEARTBEAT_TIMEOUT,
  // A step between two writes runs to its end, even if its import is cancelled.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: {
    initialInterval: '200ms',
    backoffCoefficient: 2,
    maximumInterval: '10s',
    nonRetryableErrorTypes: FINAL_FAILURES,
  },
} as const satisfies ActivityOptions;

/** Database steps are quick and idempotent, so they are retried soon, and for as long as the database may be unavailable. */
export const database = proxyActivities<DatabaseActivities>(DATABASE_OPTIONS);

/** To read, check and stage 100,000 rows takes minutes on a busy machine. A lost worker is noticed by its heartbeat all the same. */
const PLANNING_OPTIONS = { ...DATABASE_OPTIONS, startToCloseTimeout: '30m' } as const satisfies ActivityOptions;

/** Database steps in which a file may be planned. */
export const planning =
  proxyActivities<Pick<DatabaseActivities, 'planImport' | 'applyPlan' | 'refreshImport'>>(PLANNING_OPTIONS);

/** Its sends end within seconds, and what a busy provider leaves is no failure of it, so it is retried as a database step is. */
export const files = (goFirst: boolean): ActivityInterfaceFor<FileActivities> =>
  proxyActivities<FileActivities>({
    ...PLANNING_OPTIONS,
    taskQueue: (goFirst ? firstFilesTaskQueue : filesTaskQueue)(workflowInfo().taskQueue),
    retry: { ...DATABASE_OPTIONS.retry, nonRetryableErrorTypes: [FAILURES.importNotFound] },
  });

/**
 * Provider calls. The ledger decides what may be sent, so a retry never repeats a send. The retry interval grows to a minute,
 * unless the provider asks for another delay. After a day without success the rows are left to a person; a cancellation waits
 * for a minute only.
 */
export const providers = (patience: '1 day' | '1 minute' = '1 day') =>
  proxyActivities<ProviderActivities>({
    taskQueue: invitationsTaskQueue(workflowInfo().taskQueue),
    startToCloseTimeout: '30m',
    scheduleToCloseTimeout: patience,
    heartbeatTimeout: HEARTBEAT_TIMEOUT,
    // A cancelled import is closed only after its sends in flight are recorded.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '1m',
      nonRetryableErrorTypes: FINAL_FAILURES,
    },
  });

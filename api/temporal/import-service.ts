import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Client, WorkflowStartOptions } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { FAILURES } from '../../contract/failures';
import { IMPORT_WORKFLOW_TYPE, importWorkflowId } from '../../contract/import';
import type { ImportInput, ImportProgress } from '../../contract/import';
import {
  APPLY_PLAN,
  CANCEL,
  REFRESH,
  PAUSE,
  QUERIES,
  RESUME,
  RETRY_INVITATIONS,
  SEARCH_ATTRIBUTES,
} from '../../contract/messages';
import type { ApplyPlanRequest, RetryReceipt, RetryRequest } from '../../contract/messages';
import type { ImportDoc } from '../../store/documents';
import { conflict, HttpProblem, temporarilyUnavailable } from '../http/http-problem';

type ImportWorkflow = (input: ImportInput) => Promise<ImportProgress>;

/** Deadlines of calls to Temporal, in milliseconds. The outbox repeats a start that takes longer. */
const START_DEADLINE_MS = 3_000;
const UPDATE_DEADLINE_MS = 6_000;
const MAX_FAIRNESS_KEY = 64;
const QUERY_DEADLINE_MS = 5_000;
/** A pause is in effect once earlier claims are too old to be sent: after half a provider's deadline. */
const PAUSE_DEADLINE_MS = 20_000;

/** The only module that calls Temporal for requests: it starts, signals, updates and queries the workflows of imports. */
export function createImportService(temporal: Client, taskQueue: string) {
  const startOptions = (importDoc: ImportDoc) => {
    const { organisationId } = importDoc;
    const createdAt = importDoc.createdAt.toISOString();
    // No personal data: Temporal shows all of it.
    return {
      workflowId: importWorkflowId(importDoc._id),
      taskQueue,
      args: [{ importId: importDoc._id, organisationId }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      // Activities inherit it, so a hundred files of one organisation do not delay another's.
      priority: { fairnessKey: organisationId.slice(0, MAX_FAIRNESS_KEY) },
      typedSearchAttributes: [
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD'), value: 'planning' },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.organisation, 'KEYWORD'), value: organisationId },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.day, 'KEYWORD'), value: createdAt.slice(0, 10) },
      ],
      staticSummary: `Import of ${createdAt.slice(0, 16).replace('T', ' ')} UTC`,
    } satisfies WorkflowStartOptions<ImportWorkflow>;
  };

  async function sendUpdate<Answer>(
    importDoc: ImportDoc,
    update: string,
    request?: object,
    deadlineMs = UPDATE_DEADLINE_MS,
  ): Promise<Answer> {
    const startWorkflowOperation = new WithStartWorkflowOperation<ImportWorkflow>(
      IMPORT_WORKFLOW_TYPE,
      startOptions(importDoc),
    );
    try {
      return await temporal.withDeadline(Date.now() + deadlineMs, () =>
        temporal.workflow.executeUpdateWithStart<ImportWorkflow, Answer, object[]>(update, {
          args: request ? [request] : [],
          startWorkflowOperation,
        }),
      );
    } catch (error) {
      throw toProblem(error);
    }
  }

  return {
    /**
     * Starts the workflow of an import that does not rest. Idempotent while it runs; after a termination a new run continues
     * from MongoDB. Throws if Temporal is away.
     */
    async start(importDoc: ImportDoc): Promise<void> {
      await temporal.withDeadline(Date.now() + START_DEADLINE_MS, () =>
        temporal.workflow.start<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, startOptions(importDoc)),
      );
    },

    /** Retries failed invitations, by a new run if the workflow has ended. */
    retry: (importDoc: ImportDoc, request: RetryRequest) =>
      sendUpdate<RetryReceipt>(importDoc, RETRY_INVITATIONS, request),

    apply: (importDoc: ImportDoc, request: ApplyPlanRequest) => sendUpdate<null>(importDoc, APPLY_PLAN, request),

    /** `pause`, `resume` and `cancel` resolve once they are in effect. */
    pause: (importDoc: ImportDoc) => sendUpdate<ImportProgress>(importDoc, PAUSE, undefined, PAUSE_DEADLINE_MS),
    resume: (importDoc: ImportDoc) => sendUpdate<ImportProgress>(importDoc, RESUME),
    cancel: (importDoc: ImportDoc) => sendUpdate<ImportProgress>(importDoc, CANCEL, undefined, PAUSE_DEADLINE_MS),

    /** Signals an import to refresh from MongoDB; starts a new run if none is open. */
    async refresh(importDoc: ImportDoc): Promise<void> {
      await temporal.withDeadline(Date.now() + START_DEADLINE_MS, () =>
        temporal.workflow.signalWithStart<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, {
          ...startOptions(importDoc),
          signal: REFRESH,
        }),
      );
    },

    /** The counts by the workflow's query, also of one that has ended; `null` without an answer, such as without a worker. */
    progress: (importId: string): Promise<ImportProgress | null> =>
      temporal
        .withDeadline(Date.now() + QUERY_DEADLINE_MS, () =>
          temporal.workflow.getHandle(importWorkflowId(importId)).query<ImportProgress>(QUERIES.progress),
        )
        .catch(() => null),

    /** Signals only an open run. */
    async refreshIfRunning(importId: string): Promise<void> {
      await temporal
        .withDeadline(Date.now() + START_DEADLINE_MS, () =>
          temporal.workflow.getHandle(importWorkflowId(importId)).signal(REFRESH),
        )
        .catch((error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
    },
  };
}
export type ImportService = ReturnType<typeof createImportService>;

function toProblem(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) {
    const { type, message } = rootFailure(error);
    if (type === FAILURES.nothingToRetry) return conflict('nothing-to-retry', message);
    if (type === FAILURES.nothingToPause) return conflict('nothing-to-pause', message);
    if (type === FAILURES.choicesMissing) return conflict('choices-missing', message);
    if (type === FAILURES.planOutdated) return conflict('plan-outdated', message);
    if (type === FAILURES.nothingToApply) return conflict('nothing-to-apply', message);
    if (type === FAILURES.invalidRequest) return new HttpProblem(400, 'invalid-request', message);
    return conflict(
      'import-ending',
      'This import is being cancelled or has just ended. Check its status again in a moment.',
    );
  }
  const isUnreachable = error instanceof ServiceError || isGrpcServiceError(error);
  if (isUnreachable || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return temporarilyUnavailable(
      'The import service is away or busy and did not confirm the request, which may still take effect. Check the import before you try again.',
    );
  }
  return error;
}

/** The innermost application failure: an update that failed in an activity has it as a cause of a cause. */
function rootFailure(error: unknown): { type: string | undefined; message: string } {
  let cause = error instanceof Error ? error.cause : undefined;
  let root: ApplicationFailure | undefined;
  while (cause instanceof Error) {
    if (cause instanceof ApplicationFailure) root = cause;
    cause = cause.cause;
  }
  return { type: root?.type ?? undefined, message: root?.message ?? '' };
}

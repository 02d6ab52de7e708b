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
import { HttpProblem, temporarilyUnavailable } from '../http/http-problem';

type ImportWorkflow = (input: ImportInput) => Promise<ImportProgress>;

/** How long a request waits for Temporal, in milliseconds. A start that takes longer is left to the outbox. */
const START_DEADLINE_MS = 3_000;
const UPDATE_DEADLINE_MS = 6_000;
const LONGEST_FAIRNESS_KEY = 64;
/** Only a worker answers a query. */
const QUERY_DEADLINE_MS = 5_000;
/** A pause is confirmed when the last claim from before it is too old to be sent, half a provider's deadline later. */
const PAUSE_DEADLINE_MS = 20_000;

/** The only place that speaks to Temporal: it starts the workflows of imports, signals them and sends them updates. */
export function createImportService(temporal: Client, taskQueue: string) {
  const options = (importDoc: ImportDoc) => {
    const { organisationId } = importDoc;
    const createdAt = importDoc.createdAt.toISOString();
    // Never personal data: all of it is on show in Temporal.
    return {
      workflowId: importWorkflowId(importDoc._id),
      taskQueue,
      args: [{ importId: importDoc._id, organisationId }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      // Steps inherit it: one organisation's hundred files do not hold up another's one.
      priority: { fairnessKey: organisationId.slice(0, LONGEST_FAIRNESS_KEY) },
      typedSearchAttributes: [
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD'), value: 'planning' },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.organisation, 'KEYWORD'), value: organisationId },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.day, 'KEYWORD'), value: createdAt.slice(0, 10) },
      ],
      staticSummary: `Import of ${createdAt.slice(0, 16).replace('T', ' ')} UTC`,
    } satisfies WorkflowStartOptions<ImportWorkflow>;
  };

  async function ask<Answer>(
    importDoc: ImportDoc,
    update: string,
    request?: object,
    deadlineMs = UPDATE_DEADLINE_MS,
  ): Promise<Answer> {
    const startWorkflowOperation = new WithStartWorkflowOperation<ImportWorkflow>(
      IMPORT_WORKFLOW_TYPE,
      options(importDoc),
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
     * Starts the workflow of an import that is not at rest. Where it runs already nothing happens; where it was terminated
     * half way, another run goes on from where it stands. Throws if Temporal is away.
     */
    async start(importDoc: ImportDoc): Promise<void> {
      await temporal.withDeadline(Date.now() + START_DEADLINE_MS, () =>
        temporal.workflow.start<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, options(importDoc)),
      );
    },

    /** Opens failed invitations again: on the running workflow, or on a new run of it where it has ended. */
    retry: (importDoc: ImportDoc, request: RetryRequest): Promise<RetryReceipt> =>
      ask<RetryReceipt>(importDoc, RETRY_INVITATIONS, request),

    /** Applies the plan of a preview. */
    apply: async (importDoc: ImportDoc, request: ApplyPlanRequest): Promise<void> => {
      await ask<null>(importDoc, APPLY_PLAN, request);
    },

    /** Pauses, resumes or cancels an import. Resolves once that is true. */
    pause: (importDoc: ImportDoc): Promise<ImportProgress> =>
      ask<ImportProgress>(importDoc, PAUSE, undefined, PAUSE_DEADLINE_MS),
    resume: (importDoc: ImportDoc): Promise<ImportProgress> => ask<ImportProgress>(importDoc, RESUME),
    cancel: (importDoc: ImportDoc): Promise<ImportProgress> =>
      ask<ImportProgress>(importDoc, CANCEL, undefined, PAUSE_DEADLINE_MS),

    /** Signals an import to refresh from MongoDB, and begins a new run of it where none is open. */
    async refresh(importDoc: ImportDoc): Promise<void> {
      await temporal.withDeadline(Date.now() + START_DEADLINE_MS, () =>
        temporal.workflow.signalWithStart<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, {
          ...options(importDoc),
          signal: REFRESH,
        }),
      );
    },

    /** The counts of the workflow's own query, also of one that has ended; `null` where it does not answer. */
    progress: (importId: string): Promise<ImportProgress | null> =>
      temporal
        .withDeadline(Date.now() + QUERY_DEADLINE_MS, () =>
          temporal.workflow.getHandle(importWorkflowId(importId)).query<ImportProgress>(QUERIES.progress),
        )
        .catch(() => null),

    /** The same for a run that is open; without one, nothing happens. */
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
    if (type === FAILURES.nothingToRetry) return new HttpProblem(409, 'nothing-to-retry', message);
    if (type === FAILURES.nothingToPause) return new HttpProblem(409, 'nothing-to-pause', message);
    if (type === FAILURES.planOutdated) return new HttpProblem(409, 'plan-outdated', message);
    if (type === FAILURES.nothingToApply) return new HttpProblem(409, 'nothing-to-apply', message);
    if (type === FAILURES.invalidRequest) return new HttpProblem(400, 'invalid-request', message);
    return new HttpProblem(
      409,
      'import-ending',
      'This import is just being cancelled, or has just ended. Look at it again once it rests.',
    );
  }
  const unreached = error instanceof ServiceError || isGrpcServiceError(error);
  if (unreached || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) {
    return temporarilyUnavailable(
      'The request was not confirmed: the import service is away or busy. It may still run; look at the import before you ask again.',
    );
  }
  return error;
}

/** The innermost application failure: an update that failed in a step carries it as a cause of a cause. */
function rootFailure(error: unknown): { type: string | undefined; message: string } {
  let cause = error instanceof Error ? error.cause : undefined;
  let found: ApplicationFailure | undefined;
  while (cause instanceof Error) {
    if (cause instanceof ApplicationFailure) found = cause;
    cause = cause.cause;
  }
  return { type: found?.type ?? undefined, message: found?.message ?? '' };
}

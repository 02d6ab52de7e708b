import {
  ApplicationFailure,
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Client, WorkflowStartOptions } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { FAILURES } from '../contract/failures';
import { IMPORT_WORKFLOW_TYPE, importWorkflowId } from '../contract/import';
import type { ImportInput, ImportProgress } from '../contract/import';
import { APPLY_PLAN, LOOK_AGAIN, RETRY_INVITATIONS, SEARCH_ATTRIBUTES } from '../contract/messages';
import type { ApplyPlanRequest, RetryReceipt, RetryRequest } from '../contract/messages';
import type { ImportDoc } from '../store/documents';
import { HttpProblem, temporarilyUnavailable } from './http-problem';

type ImportWorkflow = (input: ImportInput) => Promise<ImportProgress>;

/** How long a request waits for Temporal, in milliseconds. A start that takes longer is made up for by the sweep. */
const START_DEADLINE_MS = 3_000;
const UPDATE_DEADLINE_MS = 6_000;

/** The only place that speaks to Temporal: it starts imports, and tells them what people want of them. */
export function createImportService(temporal: Client, taskQueue: string) {
  const options = (found: ImportDoc) =>
    ({
      workflowId: importWorkflowId(found._id),
      taskQueue,
      args: [{ importId: found._id, organisationId: found.organisationId }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      // Steps inherit it: one organisation's hundred files do not hold up another's one.
      priority: { fairnessKey: found.organisationId.slice(0, 64) },
      typedSearchAttributes: [
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD'), value: 'planning' },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.organisation, 'KEYWORD'), value: found.organisationId },
        {
          key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.day, 'KEYWORD'),
          value: found.createdAt.toISOString().slice(0, 10),
        },
      ],
      staticSummary: `Import of ${found.createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    }) satisfies WorkflowStartOptions<ImportWorkflow>;

  async function ask<Answer, Request>(found: ImportDoc, update: string, request: Request): Promise<Answer> {
    const startWorkflowOperation = new WithStartWorkflowOperation<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, options(found));
    try {
      return await temporal.withDeadline(Date.now() + UPDATE_DEADLINE_MS, () =>
        temporal.workflow.executeUpdateWithStart<ImportWorkflow, Answer, [Request]>(update, {
          args: [request],
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
    async start(found: ImportDoc): Promise<void> {
      await temporal.withDeadline(Date.now() + START_DEADLINE_MS, () =>
        temporal.workflow.start<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, options(found)),
      );
    },

    /** Opens failed invitations again: on the running workflow, or on a new run of it where it has ended. */
    retry: (found: ImportDoc, request: RetryRequest): Promise<RetryReceipt> =>
      ask<RetryReceipt, RetryRequest>(found, RETRY_INVITATIONS, request),

    /** Has the plan of a preview carried out. */
    apply: async (found: ImportDoc, request: ApplyPlanRequest): Promise<void> => {
      await ask<null, ApplyPlanRequest>(found, APPLY_PLAN, request);
    },

    /** Has an import look again at its waiting rows, and begins a new run of it where it has none. */
    async wake(found: ImportDoc): Promise<void> {
      await temporal.withDeadline(Date.now() + START_DEADLINE_MS, () =>
        temporal.workflow.signalWithStart<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, {
          ...options(found),
          signal: LOOK_AGAIN,
        }),
      );
    },

    /** Tells the workflow of an import, if it still runs, that an invitation has changed outside of it. Never throws. */
    async lookAgain(importId: string): Promise<void> {
      await temporal
        .withDeadline(Date.now() + START_DEADLINE_MS, () =>
          temporal.workflow.getHandle(importWorkflowId(importId)).signal(LOOK_AGAIN),
        )
        // A workflow that has ended has nothing to be told, and MongoDB has the truth anyway.
        .catch(() => undefined);
    },
  };
}
export type ImportService = ReturnType<typeof createImportService>;

function toProblem(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) {
    const { type, message } = rootFailure(error);
    if (type === FAILURES.nothingToRetry) return new HttpProblem(409, 'nothing-to-retry', message);
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

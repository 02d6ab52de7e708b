import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client, WorkflowStartOptions } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { IMPORT_WORKFLOW_TYPE, importWorkflowId } from '../../contract/import';
import type { ImportInput, ImportProgress, ImportResult } from '../../contract/import';
import { REFRESH, QUERIES, SEARCH_ATTRIBUTES } from '../../contract/messages';
import { DELIVER_WEBHOOK_WORKFLOW_TYPE, webhookWorkflowId } from '../../contract/webhooks/webhooks';
import type { WebhookInput } from '../../contract/webhooks/webhooks';
import { noticeWorkflowId, SEND_NOTICE_WORKFLOW_TYPE } from '../../contract/notices/notices';
import type { NoticeInput } from '../../contract/notices/notices';
import type { NoticeDoc } from '../../store/notices/notice-doc';
import type { ImportDoc } from '../../store/documents';
import { summaryOf } from './import-summary';
import type { WebhookDeliveryDoc } from '../../store/webhooks/documents';
import { watchTemporal } from './watch-temporal';

type WebhookWorkflow = (input: WebhookInput) => Promise<void>;
type NoticeWorkflow = (input: NoticeInput) => Promise<void>;
type ImportWorkflow = (input: ImportInput) => Promise<ImportResult>;

/** Deadlines of calls to Temporal, in milliseconds. The outbox repeats a start that takes longer. */
const START_DEADLINE_MS = 2_500;
const MAX_FAIRNESS_KEY = 64;
const QUERY_DEADLINE_MS = 2_500;

/**
 * The only module that calls Temporal for requests: it starts, signals and queries the workflows of imports. It sends no updates:
 * a command is written to MongoDB, and a signal only hurries.
 */
export function createImportService(temporal: Client, taskQueue: string) {
  const { ask, silentMs } = watchTemporal();
  /** Makes a call that the server answers by itself, without a worker. */
  const call = <T>(make: () => Promise<T>): Promise<T> =>
    ask(() => temporal.withDeadline(Date.now() + START_DEADLINE_MS, make));
  const startOptions = (importDoc: ImportDoc, { goesFirst = false } = {}) => {
    const { organisationId } = importDoc;
    const createdAt = importDoc.createdAt.toISOString();
    // No personal data: Temporal shows all of it.
    return {
      workflowId: importWorkflowId(importDoc._id),
      taskQueue,
      args: [{ importId: importDoc._id, organisationId, atOnce: true, ...(goesFirst && { goesFirst }) }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      // Activities inherit it, so a hundred files of one organisation do not delay another's.
      priority: { fairnessKey: organisationId.slice(0, MAX_FAIRNESS_KEY) },
      typedSearchAttributes: [
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD'), value: 'planning' },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.organisation, 'KEYWORD'), value: organisationId },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.day, 'KEYWORD'), value: createdAt.slice(0, 10) },
      ],
      staticSummary: summaryOf(importDoc),
    } satisfies WorkflowStartOptions<ImportWorkflow>;
  };

  return {
    /** For how long Temporal has answered nothing, in milliseconds; 0 as long as it answers. */
    silentMs,

    /**
     * Starts the workflow of an import that does not rest. Idempotent while it runs; after a termination a new run continues
     * from MongoDB. Throws if Temporal is away.
     */
    async start(importDoc: ImportDoc, options: { goesFirst?: boolean } = {}): Promise<void> {
      await call(() => temporal.workflow.start<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, startOptions(importDoc, options)));
    },

    /** Signals an import to refresh from MongoDB; starts a new run if none is open. */
    async refresh(importDoc: ImportDoc): Promise<void> {
      await call(() =>
        temporal.workflow.signalWithStart<ImportWorkflow>(IMPORT_WORKFLOW_TYPE, {
          ...startOptions(importDoc),
          signal: REFRESH,
        }),
      );
    },

    /** Starts the workflow of a delivery. Idempotent while it runs. */
    async deliverWebhook({ _id: deliveryId, round, organisationId, event }: WebhookDeliveryDoc): Promise<void> {
      await call(() =>
        temporal.workflow.start<WebhookWorkflow>(DELIVER_WEBHOOK_WORKFLOW_TYPE, {
          workflowId: webhookWorkflowId({ deliveryId, round }),
          taskQueue,
          args: [{ deliveryId, round }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          priority: { fairnessKey: organisationId.slice(0, MAX_FAIRNESS_KEY) },
          typedSearchAttributes: [
            { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.organisation, 'KEYWORD'), value: organisationId },
          ],
          staticSummary: `Webhook ${event}`,
        }),
      );
    },

    /** Starts the workflow of a notice. Idempotent: one that has ended sends nothing again. */
    async sendNotice({ _id: noticeId, organisationId, status }: NoticeDoc): Promise<void> {
      await temporal.withDeadline(Date.now() + START_DEADLINE_MS, () =>
        temporal.workflow.start<NoticeWorkflow>(SEND_NOTICE_WORKFLOW_TYPE, {
          workflowId: noticeWorkflowId(noticeId),
          taskQueue,
          args: [{ noticeId }],
          workflowIdConflictPolicy: 'USE_EXISTING',
          priority: { fairnessKey: organisationId.slice(0, MAX_FAIRNESS_KEY) },
          typedSearchAttributes: [
            { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.organisation, 'KEYWORD'), value: organisationId },
          ],
          staticSummary: `Notice: ${status}`,
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
      await call(() => temporal.workflow.getHandle(importWorkflowId(importId)).signal(REFRESH)).catch(
        (error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        },
      );
    },
  };
}
export type ImportService = ReturnType<typeof createImportService>;

import type { Client } from '@temporalio/client';
import { importWorkflowId } from '../../contract/import';

/**
 * The steps and workflow tasks of an import that have timed out, and its look-ups of messages in doubt, of all its runs, in words.
 * A step that Temporal has repeated tells only of its last failure, in the event of its last start.
 */
export async function findTimeOuts(temporal: Client, importId: string): Promise<string[]> {
  const workflowId = importWorkflowId(importId);
  const found: string[] = [];
  for await (const { runId } of temporal.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    const { events } = await temporal.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const event of events!) {
      const { workflowTaskTimedOutEventAttributes: task, activityTaskTimedOutEventAttributes: step } = event;
      const lastFailure = event.activityTaskStartedEventAttributes?.lastFailure;
      const scheduled = event.activityTaskScheduledEventAttributes?.activityType?.name;
      if (task) found.push(`workflow task: ${task.timeoutType}`);
      if (step) found.push(`step: ${step.failure?.message}`);
      if (lastFailure?.timeoutFailureInfo) found.push(`repeated step: ${lastFailure.message}`);
      if (scheduled === 'settleInvitations') found.push('messages were in doubt');
    }
  }
  return found;
}

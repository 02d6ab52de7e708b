import {
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  log,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { IMPORT_WORKFLOW_TYPE, importWorkflowId } from '../contract/import';
import { importLabels } from '../contract/import-labels';
import { REFRESH, SEARCH_ATTRIBUTES } from '../contract/messages';
import type { ImportToRemind } from '../contract/reminders';
import { database } from './steps/activity-options';
import type { importFile } from './import-file';

const TRIES = 3;

/**
 * Repeats the invitations of all organisations that were not accepted in time. It only opens them; the workflow of each
 * import sends them as it sends every invitation, and is begun anew where it has ended.
 */
export async function remindInvitations(): Promise<void> {
  for (let round = 1; ; round++) {
    const due = await database.findReminders();
    if (due.length === 0) return;
    const reminderId = `reminder:${workflowInfo().runId}:${round}`;
    const opened = await database.openReminders({ importIds: due.map(({ importId }) => importId), reminderId });
    const told = await Promise.all(
      opened.map(async (one) => ((await tell(due.find(({ importId }) => importId === one.importId)!)) ? [one] : [])),
    );
    await database.noteReminded({ told: told.flat() });
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof remindInvitations>();
  }
}

/** Between the two calls a workflow may have ended or been started; whom we miss, the sweep finds. */
async function tell(found: ImportToRemind): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    if ((await signal(found)) || (await start(found))) return true;
  }
  log.warn('An import with reminders could not be told', { importId: found.importId });
  return false;
}

async function signal({ importId }: ImportToRemind): Promise<boolean> {
  try {
    await getExternalWorkflowHandle(importWorkflowId(importId)).signal(REFRESH);
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}

/** It outlives this run: a child only because that is how a workflow starts another. */
async function start(found: ImportToRemind): Promise<boolean> {
  const { importId, organisationId } = found;
  const { fairnessKey, day, summary } = importLabels(found);
  try {
    await startChild<typeof importFile>(IMPORT_WORKFLOW_TYPE, {
      workflowId: importWorkflowId(importId),
      args: [{ importId, organisationId }],
      parentClosePolicy: 'ABANDON',
      cancellationType: 'ABANDON',
      priority: { fairnessKey },
      typedSearchAttributes: [
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.status, 'KEYWORD'), value: 'planning' },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.organisation, 'KEYWORD'), value: organisationId },
        { key: defineSearchAttributeKey(SEARCH_ATTRIBUTES.day, 'KEYWORD'), value: day },
      ],
      staticSummary: summary,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

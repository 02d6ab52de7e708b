import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { database, runStep } from './steps/activity-options';

/**
 * Opens the due reminders of all organisations. The outbox of the API signals the workflow of each import, or starts it again,
 * and that workflow sends the reminders like any invitation.
 */
export async function remindInvitations(): Promise<void> {
  for (let round = 1; ; round++) {
    const importIds = await runStep(database.findReminders, 'find due reminders');
    if (importIds.length === 0) return;
    const input = { importIds, reminderId: `reminder:${workflowInfo().runId}:${round}` };
    await runStep(database.openReminders, `remind people of ${importIds.length} imports`, input);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof remindInvitations>();
  }
}

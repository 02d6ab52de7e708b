import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { database } from './steps/activity-options';

/**
 * Opens the due reminders of all organisations. The outbox of the API signals the workflow of each import, or starts it again,
 * and that workflow sends the reminders like any invitation.
 */
export async function remindInvitations(): Promise<void> {
  for (let round = 1; ; round++) {
    const importIds = await database.findReminders();
    if (importIds.length === 0) return;
    await database.openReminders({ importIds, reminderId: `reminder:${workflowInfo().runId}:${round}` });
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof remindInvitations>();
  }
}

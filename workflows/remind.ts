import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { database } from './steps/activity-options';

/**
 * Opens the reminders of all organisations that are due. The workflow of each import sends them as it sends every invitation;
 * it hears of them by the outbox of the API, which begins it anew where it has ended.
 */
export async function remindInvitations(): Promise<void> {
  for (let round = 1; ; round++) {
    const importIds = await database.findReminders();
    if (importIds.length === 0) return;
    await database.openReminders({ importIds, reminderId: `reminder:${workflowInfo().runId}:${round}` });
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof remindInvitations>();
  }
}

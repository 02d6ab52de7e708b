import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';

/** How many imports one round opens. */
const AT_ONCE = 20;

interface OpenRemindersInput {
  importIds: string[];
  /** Names the round: running it again opens nothing more. */
  reminderId: string;
}

/** Ids of imports with invitations that were sent and not accepted, for as long as their organisation waits with a reminder. */
export function createFindReminders({ store }: Pick<ActivityDeps, 'store'>) {
  return (): Promise<string[]> => withHeartbeat(() => store.reminders.findDue(AT_ONCE));
}

/** Opens the reminders of these imports that are due. Their workflows hear of it by the outbox. */
export function createOpenReminders({ store }: Pick<ActivityDeps, 'store'>) {
  return ({ importIds, reminderId }: OpenRemindersInput): Promise<void> =>
    withHeartbeat(async () => {
      for (const importId of importIds) await store.reminders.open(importId, reminderId);
    });
}

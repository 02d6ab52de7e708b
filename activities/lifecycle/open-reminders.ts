import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';

/** The number of imports in one round. */
const BATCH_SIZE = 20;

interface OpenRemindersInput {
  importIds: string[];
  /** Makes the round idempotent. */
  reminderId: string;
}

/** Finds the ids of imports with reminders that are due. */
export function createFindReminders({ store }: Pick<ActivityDeps, 'store'>) {
  return (): Promise<string[]> => withHeartbeat(() => store.reminders.findDue(BATCH_SIZE));
}

/** Opens the due reminders of these imports. The outbox signals their workflows. */
export function createOpenReminders({ store }: Pick<ActivityDeps, 'store'>) {
  return ({ importIds, reminderId }: OpenRemindersInput): Promise<void> =>
    withHeartbeat(async () => {
      for (const importId of importIds) await store.reminders.open(importId, reminderId);
    });
}

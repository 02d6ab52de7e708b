import type { ImportToRemind, StirredImport } from '../../contract/reminders';
import type { ActivityDeps } from '../deps';
import { withHeartbeat } from '../heartbeat';

/** How many imports one round tells. */
const AT_ONCE = 20;

export interface OpenRemindersInput {
  importIds: string[];
  /** Names the round: running it again opens nothing more. */
  reminderId: string;
}

/** Imports with invitations that were sent and not accepted, for as long as their organisation waits with a reminder. */
export function createFindReminders({ store }: Pick<ActivityDeps, 'store'>) {
  return (): Promise<ImportToRemind[]> => withHeartbeat(() => store.reminders.due(AT_ONCE));
}

/** Opens what is due in these imports, and returns those of them whose workflow is to be told of something to send. */
export function createOpenReminders({ store }: Pick<ActivityDeps, 'store'>) {
  return ({ importIds, reminderId }: OpenRemindersInput): Promise<StirredImport[]> =>
    withHeartbeat(async () => {
      const opened: StirredImport[] = [];
      for (const importId of importIds) {
        if ((await store.reminders.open(importId, reminderId)) === 0) continue;
        const importDoc = await store.imports.find(importId);
        // Where the mark is gone already, the sweep has told it.
        if (importDoc?.stirredAt) opened.push({ importId, stirredAt: importDoc.stirredAt.toISOString() });
      }
      return opened;
    });
}

/** Notes that they were told, so that the sweep need not. */
export function createNoteReminded({ store }: Pick<ActivityDeps, 'store'>) {
  return ({ told }: { told: StirredImport[] }): Promise<void> =>
    withHeartbeat(async () => {
      for (const { importId, stirredAt } of told) {
        await store.corrections.noteTold({ _id: importId, stirredAt: new Date(stirredAt) });
      }
    });
}

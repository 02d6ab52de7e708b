import { defineSignal, setHandler } from '@temporalio/workflow';
import { REFRESH } from '../../contract/messages';
import { database } from '../activity-options';
import type { ImportState } from '../import-state';

const lookAgain = defineSignal(REFRESH);

/** Notes that something outside has changed: a team has got active staff, or a person has joined. */
export function handleRefresh(state: ImportState): void {
  setHandler(lookAgain, () => state.requestRefresh(), {
    description:
      'Looks again at the rows that wait for active staff in their client team. Takes no input. It is sent by itself; ' +
      'sending it by hand does no harm.',
  });
}

/** Lets waiting rows go on whose team is ready by now, and gives those back that have waited too long. */
export async function refresh(state: ImportState): Promise<void> {
  while (state.refreshRequested || (state.rowsIn('waiting').length > 0 && Date.now() >= state.waitingUntil)) {
    state.clearRefreshRequest();
    const { waitingMs, ...outcomes } = await database.refreshImport({ importId: state.importId });
    state.apply(outcomes);
    state.waitUntil(Date.now() + waitingMs);
  }
}

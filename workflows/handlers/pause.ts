import type { CancellationScope } from '@temporalio/workflow';
import { condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import type { ImportProgress } from '../../contract/import';
import { CANCEL, PAUSE, RESUME } from '../../contract/messages';
import { database } from '../steps/activity-options';
import type { ImportState } from '../state/import-state';
import { apply } from '../steps/steps';
import { logFailedSignal, problemOfNoInput, rejectIf } from './requests';

const DESCRIPTIONS = {
  [PAUSE]: 'Pauses this import: once it is confirmed, no invitation is sent until it is resumed. Takes no input.',
  [RESUME]:
    'Resumes this import after a pause by staff, or after a provider rejected the account: fix that first. ' +
    'Takes no input. No person is invited twice.',
  [CANCEL]:
    'Cancels this import: once it is confirmed, no further invitation is sent. What was created and sent stays. ' +
    'Takes no input, and cannot be undone.',
};

/**
 * Lets staff pause, resume or cancel the import: by an update, which answers when it is done, or by a signal, which the command
 * line can send to many imports at once. A cancellation ends `story`.
 */
export function handlePauses(state: ImportState, story: CancellationScope): void {
  const { importId } = state;
  defineMessage(PAUSE, async () => {
    await condition(() => state.isPlanned);
    apply(state, await database.pauseImport({ importId }));
  });
  defineMessage(RESUME, async () => {
    await condition(() => state.isPlanned);
    // Something outside may have changed during the pause.
    state.refreshRequested = true;
    apply(state, await database.resumeImport({ importId }));
  });
  defineMessage(CANCEL, async () => {
    const snapshot = await database.pauseImport({ importId, cancels: true });
    if (state.isPlanned) apply(state, snapshot);
    story.cancel();
  });

  function defineMessage(name: keyof typeof DESCRIPTIONS, act: () => Promise<void>): void {
    const description = DESCRIPTIONS[name];
    setHandler(
      defineUpdate<ImportProgress, []>(name),
      async () => {
        await act();
        return state.progress();
      },
      { description, validator: (...input: unknown[]) => rejectIf(problemOfNoInput(input)) },
    );
    setHandler(defineSignal(name), () => act().catch(logFailedSignal(name)), { description });
  }
}

import type { CancellationScope } from '@temporalio/workflow';
import { ApplicationFailure, condition, defineSignal, defineUpdate, log, setHandler } from '@temporalio/workflow';
import { FAILURES } from '../../contract/failures';
import type { ImportProgress } from '../../contract/import';
import { CANCEL, PAUSE, RESUME } from '../../contract/messages';
import { database } from '../activity-options';
import type { ImportState } from '../import-state';
import { enter } from './support-view';

const DESCRIPTIONS = {
  [PAUSE]:
    'Holds this import back: once it is confirmed, no invitation is sent any more until it is resumed. Takes no input.',
  [RESUME]:
    'Lets this import go on where it was held back, by staff or because a provider refused the account: mend that first. ' +
    'Takes no input. Nobody is invited twice.',
  [CANCEL]:
    'Ends this import: once it is confirmed, no invitation is sent any more. What was created and sent stays. ' +
    'Takes no input, and cannot be undone.',
};

/**
 * Lets staff hold the import back, let it go on, or cancel it: by an update, which answers when it is true, or by a signal,
 * which the command line can send to many at once. `story` is what a cancellation ends.
 */
export function handlePauses(state: ImportState, story: CancellationScope): void {
  offer(PAUSE, async () => {
    await condition(() => state.planned);
    state.setPauses(await database.pauseImport({ importId: state.importId }));
    enter(state, state.status);
  });
  offer(RESUME, async () => {
    await condition(() => state.planned);
    state.setPauses(await database.resumeImport({ importId: state.importId }));
    if (state.status === 'paused') enter(state, 'inviting');
    // Whatever came about meanwhile was left alone.
    state.requestRefresh();
  });
  offer(CANCEL, async () => {
    state.setPauses(await database.pauseImport({ importId: state.importId, cancels: true }));
    story.cancel();
  });

  function offer(name: keyof typeof DESCRIPTIONS, act: () => Promise<void>): void {
    const description = DESCRIPTIONS[name];
    const options = { description };
    setHandler(
      defineUpdate<ImportProgress, []>(name),
      async () => {
        await act();
        return state.progress();
      },
      { ...options, validator: refuseInput },
    );
    setHandler(
      defineSignal(name),
      // Nobody waits for a signal's answer, and a failure in it would end the import.
      () => act().catch((error: unknown) => log.warn(`The signal ${name} did nothing`, { error: String(error) })),
      options,
    );
  }
}

function refuseInput(...input: unknown[]): void {
  if (input.every((value) => value === null || value === undefined)) return;
  throw ApplicationFailure.nonRetryable('This takes no input: leave it empty.', FAILURES.invalidRequest);
}

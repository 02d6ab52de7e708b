import type { CancellationScope } from '@temporalio/workflow';
import { condition } from '@temporalio/workflow';
import { CANCEL, PAUSE, RESUME } from '../../contract/messages';
import type { GivenCommand } from '../../contract/messages';
import type { ImportSnapshot } from '../../contract/snapshot';
import { database, runStep } from '../steps/activity-options';
import type { ImportState } from '../state/import-state';
import { apply } from '../steps/steps';
import type { InTurn } from './in-turn';
import type { Messages } from './messages';
import { problemOfNoInput } from './requests';

const WHERE_THE_TRUTH_IS =
  'Leave the input empty. "Update successful" may mean only that it has arrived: the status under "User Metadata" and the query ' +
  '"progress" show what is in effect.';
const DESCRIPTIONS = {
  [PAUSE]: `Pauses this import: once it is "paused", no invitation is sent until it is resumed. ${WHERE_THE_TRUTH_IS}`,
  [RESUME]:
    'Resumes this import after a pause by staff, or after a provider rejected the account: fix that first. All of its pending ' +
    `invitations are sent, and no person is invited twice. A newer pause stays. ${WHERE_THE_TRUTH_IS}`,
  [CANCEL]:
    'Cancels this import: once it is "cancelled", no further invitation is sent. What was created and sent stays. It cannot be ' +
    `undone. ${WHERE_THE_TRUTH_IS}`,
};

/**
 * Lets staff pause, resume or cancel the import: by an update, which answers when it is done, or by a signal, which the command
 * line can send to many imports at once. A cancellation ends `story`; nothing can undo it, so it waits for no other command.
 */
export function handlePauses(messages: Messages, inTurn: InTurn, state: ImportState, story: CancellationScope): void {
  const { importId } = state;
  define(PAUSE, (command) =>
    inTurn.run(async () => {
      await condition(() => state.isPlanned || state.isUnderWay);
      show(await runStep(database.pauseImport, 'pause', { importId, command }));
    }),
  );
  define(RESUME, (command) =>
    inTurn.run(async () => {
      await condition(() => state.isPlanned || state.isUnderWay);
      // Something outside may have changed during the pause.
      state.refreshRequested = true;
      show(await runStep(database.resumeImport, 'resume', { importId, command }));
    }),
  );
  define(CANCEL, async (command) => {
    const snapshot = await runStep(database.pauseImport, 'cancel', { importId, cancels: true, command });
    if (state.isPlanned) apply(state, snapshot);
    story.cancel();
  });

  /** Before the plan is known, the first step brings the import as it is then, which may be older than the command. */
  function show(snapshot: ImportSnapshot): void {
    if (state.isPlanned) apply(state, snapshot);
    else state.refreshRequested = true;
  }

  function define(name: keyof typeof DESCRIPTIONS, act: (command: GivenCommand) => Promise<void>): void {
    const handler = {
      description: DESCRIPTIONS[name],
      check: problemOfNoInput,
      act: async (command: GivenCommand) => {
        await act(command);
        return state.progress();
      },
    };
    messages.onUpdate(name, handler);
    messages.onSignal(name, handler);
  }
}

import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  TemporalFailure,
} from '@temporalio/workflow';
import type { CloseInput } from '../activities/close-import';
import type { ImportInput, ImportProgress } from '../contract/import';
import { CHANNELS } from '../contract/invitation';
import { chunkRows } from '../contract/row-set';
import { database, withSummary } from './activity-options';
import { allDone } from './all-done';
import { ImportState } from './import-state';
import { inviteChannel, settleChannel } from './invite-channel';
import { handleRetries } from './retries';
import { answerQueries, enter } from './support-view';

/**
 * The story of one file: plan, create the clients, invite each by e-mail and SMS, and stay open for retries while some
 * invitation failed. Every step can be run again from the start: MongoDB knows what is done, and the plan of an import
 * that was planned before is where it stands now. Returns the last counts.
 */
export async function importFile({ importId }: ImportInput): Promise<ImportProgress> {
  const state = new ImportState(importId);
  answerQueries(state);
  handleRetries(state);
  try {
    const progress = await run(state);
    await condition(allHandlersFinished);
    return progress;
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    // Once a cancellation is requested a failing step is not tried again, so its failure may arrive in its place.
    const cancelled = isCancellation(error) || CancellationScope.current().consideredCancelled;
    await CancellationScope.nonCancellable(() => tidyUp(state, cancelled ? 'cancelled' : 'failed'));
    throw cancelled ? new CancelledFailure('The import was cancelled') : error;
  }
}

async function run(state: ImportState): Promise<ImportProgress> {
  const { importId } = state;
  const plan = await database.planImport({ importId });
  state.begin(plan);
  if (plan.fileProblems.length > 0) return close(state, 'failed');

  let patient = true;
  for (;;) {
    await createClients(state);
    // A retry that is being opened right now is sent in this round, not forgotten between two.
    await condition(allHandlersFinished);
    patient ||= hasPendingInvitations(state);
    await inviteAll(state);
    const progress = await close(state, patient ? undefined : 'completed-with-problems');
    if (progress.status === 'needs-attention') {
      patient = await condition(() => hasPendingInvitations(state), state.pace.stayOpenMs);
    } else if (progress.status !== 'inviting' && allHandlersFinished()) {
      return progress;
    }
  }
}

async function createClients(state: ImportState): Promise<void> {
  const chunks = chunkRows(state.rowsIn('pending'), state.pace.createChunkRows);
  if (chunks.length === 0) return;
  enter(state, 'creating');
  await allDone(
    chunks.map(async (rows) => {
      const step = database.createClients;
      const input = { importId: state.importId, rows };
      state.apply(await step.executeWithOptions(withSummary(`create clients of lines ${rows}`), [input]));
    }),
  );
}

async function inviteAll(state: ImportState): Promise<void> {
  if (hasPendingInvitations(state)) enter(state, 'inviting');
  await allDone(CHANNELS.map((channel) => inviteChannel(state, channel)));
}

const hasPendingInvitations = (state: ImportState): boolean =>
  CHANNELS.some((channel) => state.invitationsIn(channel, 'pending').length > 0);

/** Finds out what the interrupted steps have done, settles sends that are in doubt, and ends what was not begun. */
async function tidyUp(state: ImportState, as: 'cancelled' | 'failed'): Promise<void> {
  await condition(allHandlersFinished);
  do {
    state.begin(await database.planImport({ importId: state.importId }));
    await allDone(CHANNELS.map((channel) => settleChannel(state, channel)));
    await close(state, as);
  } while (state.status === 'inviting');
}

/** Closes the books, unless MongoDB knows of something still to be sent: then the status is `inviting`. */
async function close(state: ImportState, as?: CloseInput['as']): Promise<ImportProgress> {
  const { progress, ...outcomes } = await database.closeImport({ importId: state.importId, ...(as && { as }) });
  state.apply(outcomes);
  enter(state, progress.status);
  return progress;
}

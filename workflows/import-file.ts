import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  continueAsNew,
  isCancellation,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { CloseInput } from '../activities/lifecycle/close-import';
import type { ImportInput, ImportProgress } from '../contract/import';
import { CHANNELS } from '../contract/invitation';
import { chunkRows } from '../contract/row-set';
import { database, withSummary } from './activity-options';
import { waitForAll } from './wait-for-all';
import { approval, handleApproval } from './handlers/approval';
import { ChannelRuns } from './channel-runs';
import { handlePauses } from './handlers/pause';
import { ImportState } from './import-state';
import { hasOpenInvitations, settleChannel } from './invite-channel';
import { handleRetries } from './handlers/retries';
import { answerQueries, enter } from './handlers/support-view';
import { handleRefresh, refresh } from './handlers/refresh';

/**
 * The story of one file: plan, have a preview approved, write the people, invite each by e-mail and SMS, let rows wait for
 * their team, and stay open for retries while some invitation failed. Every step can be run again from the start: MongoDB
 * knows what is done, and the plan of an import that was planned before is where it stands now. Returns the last counts.
 */
export async function importFile(input: ImportInput): Promise<ImportProgress> {
  const state = new ImportState(input.importId);
  const channels = new ChannelRuns(state);
  const story = new CancellationScope();
  answerQueries(state);
  handleApproval(state);
  handleRetries(state);
  handlePauses(state, story);
  handleRefresh(state);
  try {
    const progress = await story.run(() => run(state, channels, input));
    await condition(allHandlersFinished);
    return progress;
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    // Once a cancellation is requested a failing step is not tried again, so its failure may arrive in its place.
    const cancelled = isCancellation(error) || story.consideredCancelled;
    story.cancel();
    const progress = await CancellationScope.nonCancellable(() =>
      tidyUp(state, channels, cancelled ? 'cancelled' : 'failed'),
    );
    if (!cancelled) throw error;
    // Temporal asked for it, or staff did by an update, which is one of the ways in which an import ends.
    if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The import was cancelled');
    return progress;
  }
}

async function run(state: ImportState, channels: ChannelRuns, input: ImportInput): Promise<ImportProgress> {
  const plan = await database.planImport({ importId: state.importId });
  state.begin(plan);
  if (plan.isCancelled) return giveUp(state, 'cancelled');
  if (state.refused) return close(state, 'failed');
  if (plan.awaitsApproval && !(await approval(state))) return giveUp(state, state.refused ? 'failed' : 'cancelled');

  let { retryUntil: patientUntil = Infinity } = input;
  for (;;) {
    await untilNotHeld(state);
    await writePeople(state);
    // A retry that is being opened right now is sent in this round, not forgotten between two.
    await condition(allHandlersFinished);
    if (hasWork(state)) patientUntil = Infinity;
    channels.start();
    await refresh(state);
    channels.check();
    if (hasNewWork(state, channels)) continue;
    if (channels.busy) {
      // A broken channel may be at it for weeks.
      await conditionUntil(
        () => channels.failed || !channels.busy || state.refreshRequested || hasNewWork(state, channels),
        state.waitingUntil,
      );
      continue;
    }

    const patient = Date.now() < patientUntil;
    const progress = await close(state, patient ? undefined : 'completed-with-problems');
    if (progress.status === 'needs-attention') {
      patientUntil = Math.min(patientUntil, Date.now() + state.timing.stayOpenMs);
    } else if (progress.status !== 'waiting') {
      // What has come about while the books were closed is looked at first.
      const isOver = progress.status !== 'inviting' && progress.status !== 'paused';
      if (isOver && allHandlersFinished() && !state.refreshRequested) return progress;
      continue;
    }
    await startOverIfLong(input, patientUntil);
    const until = progress.status === 'waiting' ? state.waitingUntil : Math.min(patientUntil, state.waitingUntil);
    await conditionUntil(() => hasWork(state) || state.refreshRequested, until);
  }
}

async function writePeople(state: ImportState): Promise<void> {
  const chunks = chunkRows(state.rowsIn('pending'), state.timing.createChunkRows);
  if (chunks.length === 0) return;
  enter(state, 'creating');
  await waitForAll(
    chunks.map(async (rows) => {
      const step = database.writePeople;
      const input = { importId: state.importId, rows };
      state.apply(await step.executeWithOptions(withSummary(`create people of lines ${rows}`), [input]));
    }),
  );
}

/** As long as staff hold the import back, nothing new is begun; what has come about outside of it is shown all the same. */
async function untilNotHeld(state: ImportState): Promise<void> {
  while (state.isPausedByStaff) {
    enter(state, 'inviting');
    await condition(() => !state.isPausedByStaff || state.refreshRequested);
    if (state.isPausedByStaff) await refresh(state);
  }
}

/** Waits for a condition, but no longer than until this time, which may be infinite. */
async function conditionUntil(isMet: () => boolean, time: number): Promise<void> {
  if (time === Infinity) await condition(isMet);
  else await condition(isMet, Math.max(1, time - Date.now()));
}

const hasWork = (state: ImportState): boolean =>
  state.rowsIn('pending').length > 0 || CHANNELS.some((channel) => hasOpenInvitations(state, channel));

/** Whether there is something to do that nobody is at. */
const hasNewWork = (state: ImportState, channels: ChannelRuns): boolean =>
  state.rowsIn('pending').length > 0 ||
  CHANNELS.some((channel) => !channels.isAt(channel) && hasOpenInvitations(state, channel));

/** Finds out what the interrupted steps have done, settles sends that are in doubt, and ends what was not begun. */
async function tidyUp(state: ImportState, channels: ChannelRuns, as: 'cancelled' | 'failed'): Promise<ImportProgress> {
  await channels.ended();
  // Some handlers wait for the plan.
  state.begin(await database.planImport({ importId: state.importId }));
  await condition(allHandlersFinished);
  return giveUp(state, as);
}

/** Ends what was not begun, however often a retry or a new plan comes in between. */
async function giveUp(state: ImportState, as: 'cancelled' | 'failed'): Promise<ImportProgress> {
  for (;;) {
    await waitForAll(CHANNELS.map((channel) => settleChannel(state, channel, '1 minute')));
    const progress = await close(state, as);
    if (progress.status !== 'inviting') return progress;
  }
}

/** Changes from outside may come for weeks; a history must not grow for ever. The next run plans from where things stand. */
async function startOverIfLong({ importId, organisationId }: ImportInput, patientUntil: number): Promise<void> {
  if (!workflowInfo().continueAsNewSuggested) return;
  await condition(allHandlersFinished);
  const patience = patientUntil < Infinity ? { patientUntil } : {};
  await continueAsNew<typeof importFile>({ importId, organisationId, ...patience });
}

/** Closes the books, unless MongoDB knows of something still to be sent: then the status is `inviting`. */
async function close(state: ImportState, as?: CloseInput['as']): Promise<ImportProgress> {
  const { progress, pauses, ...outcomes } = await database.closeImport({ importId: state.importId, ...(as && { as }) });
  state.setPauses(pauses);
  state.apply(outcomes);
  enter(state, progress.status);
  return progress;
}

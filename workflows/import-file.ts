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
import type { CloseInput } from '../activities/close-import';
import type { ImportInput, ImportProgress } from '../contract/import';
import { CHANNELS } from '../contract/invitation';
import { chunkRows } from '../contract/row-set';
import { database, withSummary } from './activity-options';
import { allDone } from './all-done';
import { approval, handleApproval } from './approval';
import { ImportState } from './import-state';
import { inviteChannel, settleChannel } from './invite-channel';
import { handleRetries } from './retries';
import { answerQueries, enter } from './support-view';
import { hearOfChanges, releaseWaiting } from './waiting-rows';

/**
 * The story of one file: plan, have a preview approved, write the people, invite each by e-mail and SMS, let rows wait for
 * their team, and stay open for retries while some invitation failed. Every step can be run again from the start: MongoDB
 * knows what is done, and the plan of an import that was planned before is where it stands now. Returns the last counts.
 */
export async function importFile(input: ImportInput): Promise<ImportProgress> {
  const state = new ImportState(input.importId);
  answerQueries(state);
  handleApproval(state);
  handleRetries(state);
  hearOfChanges(state);
  try {
    const progress = await run(state, input);
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

async function run(state: ImportState, input: ImportInput): Promise<ImportProgress> {
  const plan = await database.planImport({ importId: state.importId });
  state.begin(plan);
  if (state.refused) return close(state, 'failed');
  if (plan.awaitsApproval && !(await approval(state))) return giveUp(state, state.refused ? 'failed' : 'cancelled');

  let { patientUntil = Infinity } = input;
  for (;;) {
    await writePeople(state);
    // A retry that is being opened right now is sent in this round, not forgotten between two.
    await condition(allHandlersFinished);
    if (hasPendingInvitations(state)) patientUntil = Infinity;
    await inviteAll(state);
    await releaseWaiting(state);
    if (hasWork(state)) continue;

    const patient = Date.now() < patientUntil;
    const progress = await close(state, patient ? undefined : 'completed-with-problems');
    if (progress.status === 'needs-attention') {
      patientUntil = Math.min(patientUntil, Date.now() + state.pace.stayOpenMs);
    } else if (progress.status !== 'waiting') {
      if (progress.status !== 'inviting' && allHandlersFinished()) return progress;
      continue;
    }
    await startOverIfLong(input, patientUntil);
    const until = progress.status === 'waiting' ? state.waitingUntil : Math.min(patientUntil, state.waitingUntil);
    await condition(() => hasWork(state) || state.stirred, Math.max(1, until - Date.now()));
  }
}

async function writePeople(state: ImportState): Promise<void> {
  const chunks = chunkRows(state.rowsIn('pending'), state.pace.createChunkRows);
  if (chunks.length === 0) return;
  enter(state, 'creating');
  await allDone(
    chunks.map(async (rows) => {
      const step = database.writePeople;
      const input = { importId: state.importId, rows };
      state.apply(await step.executeWithOptions(withSummary(`create people of lines ${rows}`), [input]));
    }),
  );
}

async function inviteAll(state: ImportState): Promise<void> {
  if (hasPendingInvitations(state)) enter(state, 'inviting');
  await allDone(CHANNELS.map((channel) => inviteChannel(state, channel)));
}

const hasPendingInvitations = (state: ImportState): boolean =>
  CHANNELS.some((channel) => state.invitationsIn(channel, 'pending').length > 0);

const hasWork = (state: ImportState): boolean => state.rowsIn('pending').length > 0 || hasPendingInvitations(state);

/** Finds out what the interrupted steps have done, settles sends that are in doubt, and ends what was not begun. */
async function tidyUp(state: ImportState, as: 'cancelled' | 'failed'): Promise<void> {
  await condition(allHandlersFinished);
  state.begin(await database.planImport({ importId: state.importId }));
  await giveUp(state, as);
}

/** Ends what was not begun, however often a retry or a new plan comes in between. */
async function giveUp(state: ImportState, as: 'cancelled' | 'failed'): Promise<ImportProgress> {
  for (;;) {
    await allDone(CHANNELS.map((channel) => settleChannel(state, channel)));
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
  const { progress, ...outcomes } = await database.closeImport({ importId: state.importId, ...(as && { as }) });
  state.apply(outcomes);
  enter(state, progress.status);
  return progress;
}

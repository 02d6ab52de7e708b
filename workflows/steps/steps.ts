import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  makeContinueAsNewFunc,
  patched,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { CloseInput } from '../../activities/lifecycle/close-import';
import { isResting } from '../../contract/import-status';
import type { ImportInput, ImportResult } from '../../contract/import';
import type { Channel, ChannelRows } from '../../contract/invitation';
import type { RowSet } from '../../contract/row-set';
import { hasRows } from '../../contract/snapshot';
import type { ImportPlan, ImportSnapshot } from '../../contract/snapshot';
import { database, files, planning, providers, runStep, withSummary } from './activity-options';
import type { ChannelSteps } from './channel-steps';
import { logClose, logPauses, logPlan } from '../state/import-log';
import type { ImportState } from '../state/import-state';
import { nextStep } from '../state/next-step';
import { show } from '../state/show';

type ImportWorkflow = (input: ImportInput) => Promise<ImportResult>;

/** The steps of an import. Each runs an activity, which returns a snapshot of the whole import. */

export function apply(state: ImportState, snapshot: ImportSnapshot): void {
  state.apply(snapshot, Date.now());
  logPauses(state);
  show(state);
}

export async function plan(state: ImportState): Promise<void> {
  planned(state, await runStep(planning.planImport, 'read and check the file', { importId: state.importId }));
}

function planned(state: ImportState, { snapshot, timing }: ImportPlan): void {
  // A team may have become ready while the plan was made, when no row waited for it yet.
  if (!state.isPlanned && hasRows(snapshot, 'waiting')) state.refreshRequested = true;
  const isFirst = !state.isPlanned;
  state.timing = timing;
  apply(state, snapshot);
  if (isFirst) logPlan(state);
  refreshPreview(state);
}

/** Takes the file as far as it goes at once. Most files take no other step. */
export async function importRows(state: ImportState, goesFirst = false): Promise<void> {
  state.isUnderWay = true;
  const pass = await runStep(files(goesFirst).importRows, 'plan, create and invite', { importId: state.importId });
  planned(state, pass);
  state.delays = pass.delays;
  if (!pass.isClosed) return;
  state.markClosed();
  logClose(state);
  stayOpenForRetries(state);
}

/** Has a preview read again after a change from outside. Earlier builds read it only once its plan was applied. */
export function refreshPreview(state: ImportState): void {
  if (state.refreshRequested && state.snapshot?.status === 'awaiting-approval')
    state.refreshesPreview ||= patched('refresh-of-previews');
}

export async function writePeople(state: ImportState, chunks: RowSet[]): Promise<void> {
  state.isWriting = true;
  state.retryUntil = Infinity;
  show(state);
  try {
    await waitForAll(
      chunks.map(async (rows) => {
        const input = { importId: state.importId, rows };
        apply(state, await runStep(database.writePeople, `create people of lines ${rows}`, input));
      }),
    );
  } finally {
    state.isWriting = false;
  }
}

/** Sends the pending invitations of one channel, all chunks concurrently: all that the import has, or some of its pages. */
export async function send(state: ImportState, channel: Channel, chunks: RowSet[]): Promise<void> {
  const isPage = state.snapshot?.pages !== undefined;
  const delay = state.takeDelay(channel);
  if (delay > 0) await sleep(delay, withSummary(`${channel}: wait for a provider that is busy`));
  await waitForAll(
    chunks.map((rows) =>
      orAbandon(
        state,
        { importId: state.importId, channel, rows, knowsDeferral: true, ...(isPage && { isPage }) },
        (input) => runStep(providers().sendInvitations, `${channel}: invite lines ${rows}`, input),
      ),
    ),
  );
  if (isPage) await readAgain(state);
}

/** Settles the sends in doubt once the provider can be asked about them. */
export async function settle(state: ImportState, channel: Channel, chunks: RowSet[]): Promise<void> {
  const isPage = state.snapshot?.pages !== undefined;
  const summary = withSummary(`${channel}: wait until lines ${chunks.join(',')} can be looked up`);
  await sleep(state.timing.settleWindowMs, summary);
  // An import that ends does not wait for a provider that is down.
  const { settleInvitations } = providers(state.ending ? '1 minute' : '1 day');
  await waitForAll(
    chunks.map((rows) =>
      orAbandon(state, { importId: state.importId, channel, rows, ...(isPage && { isPage }) }, (input) =>
        runStep(settleInvitations, `${channel}: look up lines ${rows}`, input),
      ),
    ),
  );
  if (isPage) await readAgain(state);
}

/** Abandons the rows to a person if the provider was not reached for as long as the step is retried. */
async function orAbandon(
  state: ImportState,
  input: ChannelRows,
  step: (input: ChannelRows) => Promise<ImportSnapshot | null>,
): Promise<void> {
  const applyAny = (snapshot: ImportSnapshot | null): void => {
    if (snapshot) apply(state, snapshot);
  };
  try {
    applyAny(await step(input));
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    applyAny(await runStep(database.abandonInvitations, `${input.channel}: give up lines ${input.rows}`, input));
  }
}

/** Reads the whole import after steps for some of its pages, which return nothing of it. */
const readAgain = async (state: ImportState): Promise<void> =>
  apply(state, await runStep(planning.refreshImport, 'read again after some pages', { importId: state.importId }));

export async function refresh(state: ImportState): Promise<void> {
  state.refreshRequested = false;
  apply(state, await runStep(planning.refreshImport, 'read again after a change', { importId: state.importId }));
  // Staff have cancelled it by the API: as with a message to the workflow, steps under way are not waited for.
  if (state.snapshot!.isCancelling && !state.isAborted && patched('cancelled-in-mongodb'))
    CancellationScope.current().cancel();
}

/** Undoes the import as far as it goes at once. */
export async function undo(state: ImportState): Promise<void> {
  apply(
    state,
    await runStep(database.undoImport, 'undo: remove people, give values back', { importId: state.importId }),
  );
}

/** Closes the import, unless a message to it is being handled, which may reopen it. */
export async function close(state: ImportState, as: CloseInput['as']): Promise<void> {
  if (!allHandlersFinished()) return condition(allHandlersFinished);
  const input = { importId: state.importId, ...(as && { as }) };
  const snapshot = await runStep(database.closeImport, as ? `close as ${as}` : 'count and close', input);
  apply(state, snapshot);
  // The step closes nothing while something is still open.
  if (isResting(snapshot.status)) state.markClosed();
  logClose(state);
  if (!as) stayOpenForRetries(state);
}

function stayOpenForRetries(state: ImportState): void {
  if (state.snapshot?.status !== 'needs-attention') return;
  state.retryUntil = Math.min(state.retryUntil, Date.now() + state.timing.stayOpenMs);
}

/**
 * Waits for another step, or until this time (ms since 1970, may be infinite). Changes from outside may come for weeks, so a
 * long history is continued by a new run, which starts from the state in MongoDB.
 */
export async function waitUntil(
  until: number,
  state: ImportState,
  channels: ChannelSteps,
  input: ImportInput,
): Promise<void> {
  const mustHandOver = (): boolean => state.handsOver && !state.isAborted;
  const { continueAsNewSuggested, targetWorkerDeploymentVersionChanged: isOutdated } = workflowInfo();
  if (state.busy.size === 0 && (mustHandOver() || continueAsNewSuggested || isOutdated)) await handOver(state, input);
  if (mustHandOver()) {
    // A provider may be away for a day, and a run may have no more messages than Temporal allows. The steps under way record
    // what they have sent, and the next run begins them again.
    state.isInterrupted = true;
    CancellationScope.current().cancel();
  }
  const isOver = (): boolean => {
    if (channels.hasFailed || mustHandOver()) return true;
    const next = nextStep(state, Date.now());
    // What was sent meanwhile has deferred the rest until a moment that no timer of this wait ends at.
    return next.kind !== 'wait' || (next.until < until && next.until === state.nextDueAt);
  };
  if (until === Infinity) await condition(isOver);
  else await condition(isOver, Math.max(1, until - Date.now()), withSummary(`${state.status}: ${waitsFor(state)}`));
}

/** What a timer ends that nobody has ended by then. */
function waitsFor({ status, waitingUntil, retryUntil, nextDueAt }: ImportState): string {
  if (status === 'awaiting-approval') return 'until its plan expires';
  if (nextDueAt < Infinity && nextDueAt <= waitingUntil) return 'until its invitations are due';
  return waitingUntil < retryUntil ? 'until its rows have waited for too long' : 'until its failures are given up';
}

/** Ends this run with a new one that goes on from the state in MongoDB, on the current build: it has no history that might not fit. */
export async function handOver(state: ImportState, { importId, organisationId }: ImportInput): Promise<never> {
  await condition(allHandlersFinished);
  const { retryUntil } = state;
  const goOn = makeContinueAsNewFunc<ImportWorkflow>({ initialVersioningBehavior: 'AUTO_UPGRADE' });
  return goOn({ importId, organisationId, ...(retryUntil < Infinity && { retryUntil }) });
}

/** Waits for all steps before it fails with the first failure, so that no step is running when the import wraps up. */
export async function waitForAll(steps: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(steps);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

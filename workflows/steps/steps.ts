import {
  ActivityFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { CloseInput } from '../../activities/lifecycle/close-import';
import type { ImportInput, ImportProgress } from '../../contract/import';
import type { Channel, ChannelRows } from '../../contract/invitation';
import type { RowSet } from '../../contract/row-set';
import { linesIn } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import { database, providers, withSummary } from './activity-options';
import type { ChannelSteps } from './channel-steps';
import type { ImportState } from '../state/import-state';
import { nextStep } from '../state/next-step';
import { show } from '../state/show';

type ImportWorkflow = (input: ImportInput) => Promise<ImportProgress>;

/** The steps of an import. Each runs an activity, which returns the whole import as it stands then. */

export function apply(state: ImportState, snapshot: ImportSnapshot): void {
  state.apply(snapshot, Date.now());
  show(state);
}

export async function plan(state: ImportState): Promise<void> {
  const { snapshot, timing } = await database.planImport({ importId: state.importId });
  // A team may have become ready while the plan was made, before anybody could know of rows that wait for it.
  if (!state.isPlanned && linesIn(snapshot, 'waiting').length > 0) state.refreshRequested = true;
  state.timing = timing;
  apply(state, snapshot);
}

export async function writePeople(state: ImportState, chunks: RowSet[]): Promise<void> {
  state.isWriting = true;
  state.retryUntil = Infinity;
  show(state);
  try {
    await waitForAll(
      chunks.map(async (rows) => {
        const step = database.writePeople;
        const input = { importId: state.importId, rows };
        apply(state, await step.executeWithOptions(withSummary(`create people of lines ${rows}`), [input]));
      }),
    );
  } finally {
    state.isWriting = false;
  }
}

/** Sends the pending invitations of one channel, chunk by chunk at once. */
export async function send(state: ImportState, channel: Channel, chunks: RowSet[]): Promise<void> {
  await waitForAll(
    chunks.map((rows) =>
      orAbandon(state, { importId: state.importId, channel, rows }, (input) =>
        providers().sendInvitations.executeWithOptions(withSummary(`${channel}: invite lines ${rows}`), [input]),
      ),
    ),
  );
}

/** Waits until the provider can tell about the sends in doubt, and settles each of them. */
export async function settle(state: ImportState, channel: Channel, rows: RowSet): Promise<void> {
  await sleep(state.timing.settleWindowMs);
  // An import that ends waits for no provider that is away.
  const { settleInvitations } = providers(state.ending ? '1 minute' : '1 day');
  await orAbandon(state, { importId: state.importId, channel, rows }, (input) =>
    settleInvitations.executeWithOptions(withSummary(`${channel}: look up lines ${rows}`), [input]),
  );
}

/** A provider that could not be reached for as long as we try leaves its rows to a person. */
async function orAbandon(
  state: ImportState,
  input: ChannelRows,
  step: (input: ChannelRows) => Promise<ImportSnapshot>,
): Promise<void> {
  try {
    apply(state, await step(input));
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    apply(state, await database.abandonInvitations(input));
  }
}

export async function refresh(state: ImportState): Promise<void> {
  state.refreshRequested = false;
  apply(state, await database.refreshImport({ importId: state.importId }));
}

/** Closes the import, unless a message to it is being handled: what that opens comes first. */
export async function close(state: ImportState, as: CloseInput['as']): Promise<void> {
  if (!allHandlersFinished()) return condition(allHandlersFinished);
  const snapshot = await database.closeImport({ importId: state.importId, ...(as && { as }) });
  apply(state, snapshot);
  state.markClosed();
  if (snapshot.status !== 'needs-attention' || as) return;
  state.retryUntil = Math.min(state.retryUntil, Date.now() + state.timing.stayOpenMs);
}

/**
 * Waits until there is another step, or until this time (ms since 1970, may be infinite). Changes from outside may come for
 * weeks, and a history must not grow for ever: a long one is continued by a new run, which goes on from where MongoDB stands.
 */
export async function waitUntil(
  until: number,
  state: ImportState,
  channels: ChannelSteps,
  { importId, organisationId }: ImportInput,
): Promise<void> {
  if (workflowInfo().continueAsNewSuggested && state.busy.size === 0) {
    await condition(allHandlersFinished);
    const { retryUntil } = state;
    await continueAsNew<ImportWorkflow>({ importId, organisationId, ...(retryUntil < Infinity && { retryUntil }) });
  }
  const isOver = (): boolean => channels.hasFailed || nextStep(state, Date.now()).kind !== 'wait';
  if (until === Infinity) await condition(isOver);
  else await condition(isOver, Math.max(1, until - Date.now()));
}

/** Waits for all steps, also where one fails, then fails with the first failure: wrapping up must meet no step under way. */
async function waitForAll(steps: Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(steps);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

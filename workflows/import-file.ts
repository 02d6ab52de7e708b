import {
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  isCancellation,
  patched,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { ImportInput, ImportResult } from '../contract/import';
import { withoutZeroes } from '../contract/progress';
import { handleMessages } from './handlers';
import { problemOfStart, rejectIf } from './handlers/requests';
import { logStart } from './state/import-log';
import { ImportState } from './state/import-state';
import { nextStep } from './state/next-step';
import type { Step } from './state/next-step';
import { ChannelSteps } from './steps/channel-steps';
import { importPages } from './steps/page-steps';
import { close, handOver, importRows, plan, refresh, send, settle, undo, waitUntil, writePeople } from './steps/steps';

/**
 * The story of one file. Its first step takes it as far as it goes at once; a file in which nothing has to wait takes no other.
 * What is left has steps of its own: write people, send the invitations of each channel, settle sends that are in doubt, refresh
 * after a change from outside, close, and wait for retries or for rows whose team is not ready. `nextStep` decides the next step
 * from MongoDB's newest snapshot alone, so a run can begin anywhere, and every step can run twice.
 *
 * Row 17, whose SMS the provider rejects, is `failed` after `send`; the import closes as `needs-attention` and waits a week for a
 * retry, which opens row 17 again and makes `send` the next step. While a provider is down, `send` is retried by Temporal for a
 * day (`steps/activity-options.ts`) and then fails its rows. Where the person has joined meanwhile, `send` suppresses the message.
 *
 * Returns the last counts that are not zero.
 */
export async function importFile(input: ImportInput): Promise<ImportResult> {
  rejectIf(problemOfStart(input, workflowInfo().workflowId));
  const state = new ImportState(input.importId);
  state.retryUntil = input.retryUntil ?? Infinity;
  const channels = new ChannelSteps(state);
  const story = new CancellationScope();
  handleMessages(state, story);
  logStart(input);
  try {
    await story.run(() => run(state, channels, input));
    await condition(allHandlersFinished);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    if (state.isInterrupted && !state.ending && !CancellationScope.current().consideredCancelled) {
      await channels.ended();
      await handOver(state, input);
    }
    // Temporal retries no step after a cancellation, so the failure of a step may arrive in its place.
    const isCancelled = isCancellation(error) || story.consideredCancelled;
    story.cancel();
    await CancellationScope.nonCancellable(() => wrapUp(state, channels, input, isCancelled ? 'cancelled' : 'failed'));
    if (!isCancelled) throw error;
    // A cancellation by Temporal ends the workflow as cancelled; one by staff is a regular end of the import.
    if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The import was cancelled');
  }
  return withoutZeroes(state.progress());
}

async function run(state: ImportState, channels: ChannelSteps, input: ImportInput): Promise<void> {
  for (;;) {
    channels.throwFailure();
    const step = nextStep(state, Date.now());
    if (isOutward(step) && state.commands > 0 && patched('commands-first')) {
      await condition(() => state.commands === 0);
      continue;
    }
    switch (step.kind) {
      case 'plan':
        // A command in line may forbid to create and to send; the plan alone does neither.
        await (input.atOnce && !state.isPlanned && state.commands === 0
          ? importRows(state, input.goesFirst)
          : plan(state));
        break;
      case 'write':
        await writePeople(state, step.chunks);
        break;
      case 'pages':
        await importPages(state, channels, input, step);
        break;
      case 'send':
        channels.begin(step.channel, 'sending', () => send(state, step.channel, step.chunks));
        break;
      case 'settle':
        channels.begin(step.channel, 'settling', () => settle(state, step.channel, step.chunks));
        break;
      case 'refresh':
        await refresh(state);
        break;
      case 'undo':
        await undo(state);
        break;
      case 'close':
        await close(state, step.as);
        break;
      case 'wait':
        await waitUntil(step.until, state, channels, input);
        break;
      case 'end':
        if (!allHandlersFinished()) await condition(allHandlersFinished);
        // A retry of an import that was cancelled a moment ago finds this run still open.
        else if (state.refreshRequested && !state.isAborted && patched('refresh-before-the-end')) await refresh(state);
        else return;
    }
  }
}

/** Nothing is created or sent while a command is in line that may forbid it. */
const isOutward = ({ kind }: Step): boolean => kind === 'write' || kind === 'pages' || kind === 'send';

/** Reads the results of the interrupted steps and ends the import without writing or sending anything new. */
async function wrapUp(
  state: ImportState,
  channels: ChannelSteps,
  input: ImportInput,
  as: 'cancelled' | 'failed',
): Promise<void> {
  await channels.ended();
  state.endAs(as);
  await plan(state);
  await condition(allHandlersFinished);
  await run(state, new ChannelSteps(state), input);
}

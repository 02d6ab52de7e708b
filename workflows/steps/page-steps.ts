import { allHandlersFinished, condition } from '@temporalio/workflow';
import type { ImportInput } from '../../contract/import';
import { boundsOfPage, linesOfPage } from '../../contract/pages/pages';
import type { ImportState } from '../state/import-state';
import { show } from '../state/show';
import { files, runStep } from './activity-options';
import type { ChannelSteps } from './channel-steps';
import { handOver, refresh, waitForAll } from './steps';

/** Pages of one import at a time. As many as a worker takes whole files, so that a page of another import is next. */
const PAGES_AT_ONCE = 2;

/**
 * How soon the import is read again after a change from outside, in milliseconds. To read all of it takes a second for 100,000 rows, and
 * staff may correct one after the other. What must not wait, a pause or a cancellation, ends the next page.
 */
const REFRESH_AFTER_MS = 30_000;

/**
 * Takes pages one by one, a few at a time. A run has as many pages as one list of `nextStep`: a new run goes on with the others, from
 * the state in MongoDB, so that no history grows with its file. A change from outside, a command or a failure ends the list early.
 */
export async function importPages(
  state: ImportState,
  channels: ChannelSteps,
  input: ImportInput,
  { pages, areAll }: { pages: readonly number[]; areAll: boolean },
): Promise<void> {
  const { importId } = state;
  const queue = [...pages];
  const startedAt = Date.now();
  let isHeld = false;
  const mustStop = (): boolean =>
    isHeld ||
    (state.refreshRequested && Date.now() - startedAt > REFRESH_AFTER_MS) ||
    state.commands > 0 ||
    state.isPausedByStaff ||
    state.handsOver ||
    channels.hasFailed;
  const takePages = async (): Promise<void> => {
    while (queue.length > 0 && !mustStop()) {
      const page = queue.shift()!;
      const pass = await runStep(files(false).importPage, `create and invite lines ${linesOfPage(page)}`, {
        ...{ importId, page },
      });
      Object.assign(state.delays, pass.delays);
      isHeld ||= pass.isHeld;
    }
  };
  state.pagesUnderWay = { from: boundsOfPage(pages[0]!).from, to: boundsOfPage(pages.at(-1)!).to };
  state.retryUntil = Infinity;
  show(state);
  try {
    await waitForAll(Array.from({ length: state.snapshot?.pages?.inOrder ? 1 : PAGES_AT_ONCE }, takePages));
  } finally {
    state.pagesUnderWay = undefined;
  }
  if (state.commands > 0) await condition(() => state.commands === 0);
  const isUndisturbed =
    queue.length === 0 && !mustStop() && !state.refreshRequested && state.busy.size === 0 && allHandlersFinished();
  // Its first step reads what this one would.
  if (isUndisturbed && !areAll) await handOver(state, input);
  await refresh(state);
}

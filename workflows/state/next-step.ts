import { isFinal, isUndone } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { linesOfPage } from '../../contract/pages/pages';
import type { PagesLeft } from '../../contract/pages/pages';
import { chunkRows, formatRowSet, parseRowSet } from '../../contract/row-set';
import type { RowSet } from '../../contract/row-set';
import { invitationLines, linesIn } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { ImportState } from './import-state';

/** Some minutes of work, and a history of some hundred events. */
const PAGES_PER_RUN = 50;
/** Pages that one step sends or settles, each by an activity of its own. Then the whole import is read again. */
const PAGES_AT_A_STEP = 20;

const someOf = (pages: RowSet): RowSet[] => parseRowSet(pages).slice(0, PAGES_AT_A_STEP).map(linesOfPage);

/** The next step of an import. Sends and settlements run in the background, one per channel. */
export type Step =
  | { kind: 'plan' }
  | { kind: 'write'; chunks: RowSet[] }
  /** The next pages of an import of several; `areAll` if there are no others. */
  | { kind: 'pages'; pages: number[]; areAll: boolean }
  | { kind: 'send'; channel: Channel; chunks: RowSet[] }
  | { kind: 'settle'; channel: Channel; chunks: RowSet[] }
  | { kind: 'refresh' }
  | { kind: 'undo' }
  /** Without `as` the status follows from the counts. */
  | { kind: 'close'; as?: Extract<ImportStatus, 'cancelled' | 'failed' | 'completed-with-problems'> }
  /** Waits until something changes, but at most until this time (ms since 1970, may be infinite). */
  | { kind: 'wait'; until: number }
  | { kind: 'end' };

/**
 * Decides the next step: plan, write the people, send, settle sends in doubt, refresh after a change from outside, close, undo, or
 * wait. A pure function; `now` is in milliseconds since 1970.
 */
export function nextStep(state: ImportState, now: number): Step {
  const { snapshot, ending } = state;
  if (!snapshot) return { kind: 'plan' };
  if (isUndone(snapshot.status)) return whileBusy(state) ?? undoStep(snapshot);
  if (ending) return settleStep(state, snapshot) ?? whileBusy(state) ?? closeStep(state, snapshot, ending);
  if (snapshot.fileProblems) return closeStep(state, snapshot, 'failed');
  if (snapshot.status === 'awaiting-approval') return approvalStep(state, snapshot, now);
  return (
    (snapshot.pages ? (sendStep(state, snapshot, now) ?? pagesStep(state, snapshot.pages)) : undefined) ??
    writeStep(state, snapshot) ??
    sendStep(state, snapshot, now) ??
    settleStep(state, snapshot) ??
    refreshStep(state, now) ??
    whileBusy(state) ??
    whilePaused(state) ??
    whileScheduled(state) ??
    restStep(state, snapshot, now)
  );
}

/** What begins in the background goes first, since the pages are waited for. */
function pagesStep({ isPausedByStaff, timing }: ImportState, { write }: PagesLeft): Step | undefined {
  const pages = parseRowSet(write);
  if (pages.length === 0 || isPausedByStaff) return undefined;
  const { pagesPerRun = PAGES_PER_RUN } = timing;
  return { kind: 'pages', pages: pages.slice(0, pagesPerRun), areAll: pages.length <= pagesPerRun };
}

function writeStep({ isPausedByStaff, timing }: ImportState, snapshot: ImportSnapshot): Step | undefined {
  if (snapshot.pages) return undefined;
  const pending = linesIn(snapshot, 'pending');
  if (pending.length === 0 || isPausedByStaff) return undefined;
  return { kind: 'write', chunks: chunkRows(pending, timing.createChunkRows) };
}

/** All that are left, once the first of them may be due: the step looks whose time has come. */
function sendStep(state: ImportState, snapshot: ImportSnapshot, now: number): Step | undefined {
  for (const channel of CHANNELS) {
    if (state.busy.has(channel) || state.isPaused(channel) || state.dueAt(channel) > now) continue;
    if (snapshot.pages) {
      const chunks = someOf(snapshot.pages.send[channel]);
      if (chunks.length > 0) return { kind: 'send', channel, chunks };
      continue;
    }
    const pending = invitationLines(snapshot, channel, 'pending');
    if (pending.length > 0) return { kind: 'send', channel, chunks: chunkRows(pending, state.timing.inviteChunkRows) };
  }
  return undefined;
}

/** Sends in doubt are settled during a pause, too, since settling sends nothing. */
function settleStep({ busy }: ImportState, snapshot: ImportSnapshot): Step | undefined {
  for (const channel of CHANNELS) {
    if (busy.has(channel)) continue;
    if (snapshot.pages) {
      const chunks = someOf(snapshot.pages.settle[channel]);
      if (chunks.length > 0) return { kind: 'settle', channel, chunks };
      continue;
    }
    const inDoubt = invitationLines(snapshot, channel, 'sending');
    if (inDoubt.length > 0) return { kind: 'settle', channel, chunks: [formatRowSet(inDoubt)] };
  }
  return undefined;
}

/** An import of several pages is also read for whose time has come: of what is deferred it knows the first moment, not the lines. */
const refreshStep = (state: ImportState, now: number): Step | undefined => {
  const { refreshRequested, waitingUntil, snapshot, nextDueAt } = state;
  const isDue = snapshot?.pages !== undefined && now >= nextDueAt;
  return refreshRequested || now >= waitingUntil || isDue ? { kind: 'refresh' } : undefined;
};

const whileBusy = ({ busy, waitingUntil, nextDueAt }: ImportState): Step | undefined =>
  busy.size > 0 ? { kind: 'wait', until: Math.min(waitingUntil, nextDueAt) } : undefined;

const whilePaused = ({ isPauseEffective, waitingUntil, nextDueAt }: ImportState): Step | undefined =>
  isPauseEffective ? { kind: 'wait', until: Math.min(waitingUntil, nextDueAt) } : undefined;

const whileScheduled = ({ waitingUntil, nextDueAt }: ImportState): Step | undefined =>
  nextDueAt < Infinity ? { kind: 'wait', until: Math.min(waitingUntil, nextDueAt) } : undefined;

/** Nothing is left to do: close, then stay open for retries or waiting rows, or end. */
function restStep(state: ImportState, snapshot: ImportSnapshot, now: number): Step {
  const { retryUntil, waitingUntil } = state;
  const isGivenUp = now >= retryUntil;
  if (!state.isClosed || (snapshot.status === 'needs-attention' && isGivenUp)) {
    return { kind: 'close', ...(isGivenUp && { as: 'completed-with-problems' }) };
  }
  if (isFinal(snapshot.status)) return { kind: 'end' };
  return { kind: 'wait', until: snapshot.status === 'waiting' ? waitingUntil : Math.min(retryUntil, waitingUntil) };
}

/** Whatever ends the workflow, an undo that has begun is carried out. */
const undoStep = ({ status }: ImportSnapshot): Step => ({ kind: status === 'undoing' ? 'undo' : 'end' });

/** A replaced plan is read again, and an expired one, since only MongoDB knows whether another run has applied it. */
function approvalStep(state: ImportState, snapshot: ImportSnapshot, now: number): Step {
  if (state.refreshRequested && state.refreshesPreview) return { kind: 'refresh' };
  if (snapshot.applyForMs === 0) return closeStep(state, snapshot, 'cancelled');
  return now < state.applyUntil ? { kind: 'wait', until: state.applyUntil } : { kind: 'plan' };
}

const closeStep = (state: ImportState, { status }: ImportSnapshot, as: 'cancelled' | 'failed'): Step =>
  state.isClosed && isFinal(status) ? { kind: 'end' } : { kind: 'close', as };

import { UNEXPECTED } from '../../domain/provider-answers/network-errors';
import type { InvitationMessage, SendOutcome } from '../../providers/sender';
import type { SendDeadline } from '../../providers/send-deadline';
import type { Breaker, SendPermit } from './breaker';
import { createOutcomeRecorder } from './outcome-recorder';
import type { RequestSlots } from './request-slots';
import { claimBatch } from './send-batch';
import type { AnsweredRequest, Attempt } from './send-batch';
import type { SendRate } from './send-rate';

/** In place of a provider's code: the rate that we keep is reserved for some seconds. */
const RATE_RESERVED = 'rate-reserved';

/** Why the rest was not sent. */
export type StopReason =
  | Extract<SendOutcome, { kind: 'busy' | 'stopped' }>
  | { kind: 'paused' }
  | { kind: 'rescheduled' }
  | { kind: 'out-of-time' };

export interface Sending {
  attempt: Attempt;
  breaker: Breaker;
  slots: RequestSlots;
  /** Absent where the rate is not limited. */
  rate?: SendRate | undefined;
  /** No request begins once it is aborted. */
  signal: AbortSignal;
  /** After so many milliseconds no request begins any more; without it there is no limit. */
  budgetMs?: number | undefined;
  /** Called with the ids of the messages whose people have opted out. */
  onOptOut: (ids: string[]) => Promise<void>;
}

/**
 * Sends messages until none is left or there is a reason to stop. Claims as many as have a free slot, and begins all of them
 * once they are claimed, so that a crash leaves in doubt what was on its way and no more. Awaits and records the requests in
 * flight before it returns or throws.
 */
export async function sendBatches(
  { attempt, breaker, slots, rate, signal, budgetMs, onOptOut }: Sending,
  messages: readonly InvitationMessage[],
): Promise<StopReason | undefined> {
  const { batchSize } = attempt.sender;
  const queue = [...messages];
  const inFlight = new Set<Promise<void>>();
  const errors: unknown[] = [];
  const stopping = new AbortController();
  const halted = AbortSignal.any([signal, stopping.signal]);
  let stopReason: StopReason | undefined;
  const stop = (reason: StopReason): void => {
    stopReason = weightier(stopReason, reason);
    stopping.abort();
  };
  const fail = (error: unknown): void => {
    errors.push(error);
    stopping.abort();
  };
  const recorder = createOutcomeRecorder(attempt, {
    onUnsent: (unsent) => void queue.unshift(...unsent),
    onOptOut,
    onError: fail,
  });

  async function request(
    claimed: InvitationMessage[],
    deadline: SendDeadline,
    permit: SendPermit['kind'],
  ): Promise<AnsweredRequest> {
    try {
      if (halted.aborted) return { messages: claimed, deadline, outcomes: undefined };
      const outcomes = await send(claimed, deadline);
      for (const outcome of outcomes) if (stopsTheRest(outcome, permit)) stop(outcome);
      await breaker.report(permit, outcomes).catch(fail);
      return { messages: claimed, deadline, outcomes };
    } finally {
      slots.giveBack(1);
    }
  }

  async function send(claimed: InvitationMessage[], deadline: SendDeadline): Promise<SendOutcome[]> {
    try {
      return await attempt.sender.send(claimed, deadline);
    } catch (error) {
      fail(error);
      return claimed.map((): SendOutcome => ({ kind: 'ambiguous', cause: UNEXPECTED }));
    }
  }

  function begin(claimed: InvitationMessage[], deadline: SendDeadline, permit: SendPermit['kind']): void {
    const followed: Promise<void> = recorder
      .follow(request(claimed, deadline, permit))
      .finally(() => inFlight.delete(followed));
    inFlight.add(followed);
  }

  async function startNext(): Promise<void> {
    // Before the claim, whose fence runs.
    const turn = rate ? await rate.nextTurn(queue.length, halted) : { count: queue.length };
    if ('retryAfterMs' in turn) return stop({ kind: 'busy', providerCode: RATE_RESERVED, ...turn });
    let unused = await slots.take(Math.ceil(turn.count / batchSize), halted);
    try {
      if (halted.aborted) return;
      const permit = await breaker.requestPermit();
      if (permit.kind === 'wait') return stop({ kind: 'busy', providerCode: 'no-answer', retryAfterMs: permit.waitMs });
      const count = permit.kind === 'probe' ? 1 : Math.min(turn.count, unused * batchSize);
      const next = queue.splice(0, count);
      // What is not due any more is left `pending`, to be looked at again.
      const due = attempt.isDue ? next.filter(attempt.isDue) : next;
      if (due.length === 0) return;
      const batch = await claimBatch(attempt, due);
      if (batch === 'paused' || batch === 'rescheduled') return stop({ kind: batch });
      for (const claimed of splitIntoRequests(batch.messages, batchSize)) {
        unused--;
        begin(claimed, batch.deadline, permit.kind);
      }
      // Its answer decides about the next batch.
      if (permit.kind === 'probe') await allRecorded();
    } finally {
      slots.giveBack(unused);
    }
  }

  async function allRecorded(): Promise<void> {
    await Promise.all(inFlight);
    await recorder.idle();
  }

  const outOfTime = budgetMs === undefined ? undefined : setTimeout(() => stop({ kind: 'out-of-time' }), budgetMs);
  while (queue.length > 0 && !halted.aborted) {
    await startNext().catch(fail);
    // Messages that were certainly not processed come back to the queue.
    if (queue.length === 0) await allRecorded();
  }
  clearTimeout(outOfTime);
  await allRecorded();
  if (errors.length > 0) throw errors[0];
  return stopReason?.kind === 'out-of-time' && queue.length === 0 ? undefined : stopReason;
}

function splitIntoRequests(messages: InvitationMessage[], size: number): InvitationMessage[][] {
  const requests: InvitationMessage[][] = [];
  for (let i = 0; i < messages.length; i += size) requests.push(messages.slice(i, i + size));
  return requests;
}

/** After a probe without an answer the breaker, not the retry policy of the step, decides how long to wait. */
function stopsTheRest(
  outcome: SendOutcome,
  permit: SendPermit['kind'],
): outcome is Extract<SendOutcome, { kind: 'busy' | 'stopped' }> {
  if (outcome.kind === 'busy') return permit === 'full' || outcome.retryAfterMs !== undefined;
  return outcome.kind === 'stopped';
}

const WEIGHTS = { 'out-of-time': 0, busy: 1, rescheduled: 2, paused: 3, stopped: 4 };

/** The longer wait wins between two busy answers. */
function weightier(one: StopReason | undefined, other: StopReason): StopReason {
  if (one === undefined || WEIGHTS[other.kind] > WEIGHTS[one.kind]) return other;
  if (one.kind !== 'busy' || other.kind !== 'busy') return one;
  return (other.retryAfterMs ?? 0) > (one.retryAfterMs ?? 0) ? other : one;
}

import pLimit from 'p-limit';
import { UNEXPECTED } from '../../domain/provider-answers/network-errors';
import type { InvitationMessage, SendOutcome } from '../../providers/sender';
import type { Breaker, SendPermit } from './breaker';
import { claimBatch, sendBatch } from './send-batch';
import type { Attempt, ClaimedBatch, MakeRequest } from './send-batch';

/** Why the rest was not sent. */
export type StopReason = Extract<SendOutcome, { kind: 'busy' | 'stopped' }> | { kind: 'paused' };

export interface Sending {
  attempt: Attempt;
  breaker: Breaker;
  /** Requests in flight at once. */
  concurrency: number;
  /** No request begins once it is aborted. */
  signal: AbortSignal;
  /** Called for each batch with the ids of the messages whose people have opted out. */
  onOptOut: (ids: string[]) => Promise<void>;
}

/**
 * Sends messages batch by batch until none is left or there is a reason to stop. Awaits and records the requests in flight
 * before it returns or throws.
 */
export async function sendBatches(
  { attempt, breaker, concurrency, signal, onOptOut }: Sending,
  messages: readonly InvitationMessage[],
): Promise<StopReason | undefined> {
  const limit = pLimit(concurrency);
  const batchSize = attempt.sender.batchSize * requestsOfBatch(concurrency);
  const queue = [...messages];
  const batches: Promise<void>[] = [];
  const errors: unknown[] = [];
  let stopReason: StopReason | undefined;
  const stop = (reason: StopReason) => void (stopReason = weightier(stopReason, reason));
  const fail = (error: unknown) => void errors.push(error);
  const mayContinue = () => stopReason === undefined && errors.length === 0 && !signal.aborted;

  const requestsUnder =
    (permit: SendPermit['kind']): MakeRequest =>
    (request, deadline) =>
      limit(async () => {
        if (!mayContinue() || deadline.expired()) return undefined;
        const outcomes = await attempt.sender.send(request, deadline).catch((error: unknown) => {
          fail(error);
          return request.map((): SendOutcome => ({ kind: 'ambiguous', cause: UNEXPECTED }));
        });
        for (const outcome of outcomes) if (stopsTheRest(outcome, permit)) stop(outcome);
        await breaker.report(permit, outcomes).catch(fail);
        return outcomes;
      });

  async function finish(batch: ClaimedBatch, permit: SendPermit['kind']): Promise<void> {
    const { unsent, optedOut } = await sendBatch(attempt, batch, requestsUnder(permit));
    queue.unshift(...unsent);
    await onOptOut(optedOut);
  }

  async function startNext(): Promise<void> {
    const permit = await breaker.requestPermit();
    if (permit.kind === 'wait') return stop({ kind: 'busy', providerCode: 'no-answer', retryAfterMs: permit.waitMs });
    const batch = await claimBatch(attempt, queue.splice(0, permit.kind === 'probe' ? 1 : batchSize));
    if (batch === 'paused') return stop({ kind: 'paused' });
    const finished = finish(batch, permit.kind).catch(fail);
    batches.push(finished);
    // The answer to a probe decides about the next batch. Otherwise that is claimed once all requests have begun.
    await (permit.kind === 'probe' ? finished : limit(() => undefined));
  }

  while (mayContinue() && queue.length > 0) {
    await startNext().catch(fail);
    // Messages whose request was not begun come back to the queue.
    if (queue.length === 0) await Promise.all(batches);
  }
  await Promise.all(batches);
  if (errors.length > 0) throw errors[0];
  return stopReason;
}

/** All claimed messages are in doubt if the process dies, so a claim covers half of the requests in flight and no more. */
const requestsOfBatch = (concurrency: number): number => Math.max(1, Math.floor(concurrency / 2));

/** After a probe without an answer the breaker, not the retry policy of the step, decides how long to wait. */
function stopsTheRest(
  outcome: SendOutcome,
  permit: SendPermit['kind'],
): outcome is Extract<SendOutcome, { kind: 'busy' | 'stopped' }> {
  if (outcome.kind === 'busy') return permit === 'full' || outcome.retryAfterMs !== undefined;
  return outcome.kind === 'stopped';
}

const WEIGHTS = { busy: 0, paused: 1, stopped: 2 };

/** The longer wait wins between two busy answers. */
function weightier(one: StopReason | undefined, other: StopReason): StopReason {
  if (one === undefined || WEIGHTS[other.kind] > WEIGHTS[one.kind]) return other;
  if (one.kind !== 'busy' || other.kind !== 'busy') return one;
  return (other.retryAfterMs ?? 0) > (one.retryAfterMs ?? 0) ? other : one;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isPaused } from '../../contract/import';
import type { Pauses } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { SendWindows } from '../../domain/invitations/windows';
import type { Deadline } from '../../platform/deadline';
import { SendDeadline } from '../../providers/send-deadline';
import type { InvitationMessage, InvitationSender, SendOutcome } from '../../providers/sender';
import type { SendRecord } from '../../store/invitations/ledger';
import { assertNotExpired } from '../failures';
import type { AttemptLedger } from './first-ledger';

const RETRY_EVERY_MS = 250;

export interface Holds {
  pauses: Pauses;
  /** Ids of the invitations whose people were erased. */
  erased: ReadonlySet<string>;
  /** When the import is sent was changed since the attempt began. */
  isRescheduled?: boolean;
}

/** The shared part of all batches of one attempt. */
export interface Attempt {
  id: string;
  channel: Channel;
  ledger: AttemptLedger;
  sender: InvitationSender;
  windows: SendWindows;
  /** Whether the message may be sent now; absent where nothing but holds keeps it back. */
  isDue?: ((message: InvitationMessage) => boolean) | undefined;
  /** Reads what keeps messages of the import back now. */
  findHolds: () => Promise<Holds>;
}

/** Messages that only this attempt may send, and its time for them. */
export interface ClaimedBatch {
  messages: InvitationMessage[];
  deadline: SendDeadline;
}

/** A request and the outcome of each of its messages; `undefined` if it was not begun. */
export interface AnsweredRequest {
  messages: InvitationMessage[];
  deadline: SendDeadline;
  outcomes: readonly SendOutcome[] | undefined;
}

/**
 * Claims messages, then looks for a pause and for erased people, then checks the fence. The order matters: after a pause, only
 * messages that are claimed already may still be sent. Resolves with the claimed messages; those to erased people are given back.
 */
export async function claimBatch(
  attempt: Attempt,
  messages: InvitationMessage[],
): Promise<ClaimedBatch | 'paused' | 'rescheduled'> {
  const deadline = new SendDeadline(attempt.windows);
  const ids = messages.map(({ id }) => id);
  let stop: 'paused' | 'rescheduled' = 'paused';
  try {
    const claimed = new Set(await attempt.ledger.claim(ids, attempt.id));
    const { pauses, erased, isRescheduled } = await attempt.findHolds();
    if (isRescheduled) stop = 'rescheduled';
    else if (!isPaused(pauses, attempt.channel)) {
      const withdrawn = ids.filter((id) => claimed.has(id) && erased.has(id));
      await release(attempt, withdrawn, deadline);
      assertNotExpired(deadline);
      return { messages: messages.filter(({ id }) => claimed.has(id) && !erased.has(id)), deadline };
    }
  } catch (error) {
    // The claim may have succeeded although its answer was lost. One that arrives after this release ends in doubt.
    await release(attempt, ids, deadline);
    throw error;
  }
  await release(attempt, ids, deadline);
  return stop;
}

/**
 * Records the outcomes of requests. Messages in doubt keep their claim, so that no attempt sends them before they are settled.
 * Resolves with the messages that were certainly not processed, and the ids of those whose people have opted out.
 */
export async function recordOutcomes(
  attempt: Attempt,
  answered: readonly AnsweredRequest[],
): Promise<{ unsent: InvitationMessage[]; optedOut: string[] }> {
  const unsent: InvitationMessage[] = [];
  const records: SendRecord[] = [];
  for (const { messages, outcomes } of answered) {
    messages.forEach((message, i) => {
      const outcome = outcomes?.[i];
      if (!outcome || isUnprocessed(outcome)) unsent.push(message);
      else records.push(...toRecord(message.id, attempt.id, outcome));
    });
  }
  const { deadline } = answered.at(-1)!;
  const released = unsent.map(({ id }) => id);
  await Promise.all([
    retryWrite(() => attempt.ledger.record(records), deadline.forRecord()),
    release(attempt, released, deadline),
  ]);
  return {
    unsent,
    optedOut: records.flatMap(({ id, code }) => (code === 'invitation.opted-out' ? [id] : [])),
  };
}

/** The provider was busy, or the account has to be fixed first. */
const isUnprocessed = ({ kind }: SendOutcome): boolean => kind === 'busy' || kind === 'stopped';

const release = (attempt: Attempt, ids: string[], deadline: SendDeadline): Promise<void> =>
  ids.length === 0
    ? Promise.resolve()
    : retryWrite(() => attempt.ledger.release(ids, attempt.id), deadline.forRecord());

/**
 * Retries a failed write until the deadline. Elsewhere Temporal retries the whole step, but here that would lose the
 * provider's answer.
 */
async function retryWrite(write: () => Promise<void>, deadline: Deadline): Promise<void> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (deadline.expired()) throw error;
      await sleep(RETRY_EVERY_MS);
    }
  }
}

function toRecord(id: string, attemptId: string, outcome: SendOutcome): SendRecord[] {
  switch (outcome.kind) {
    case 'accepted':
      return [{ id, attemptId, state: 'sent', providerId: outcome.providerId }];
    case 'rejected':
      return [{ id, attemptId, state: 'failed', code: outcome.code, providerCode: outcome.providerCode }];
    case 'busy':
    case 'stopped':
    case 'ambiguous':
      return [];
  }
}

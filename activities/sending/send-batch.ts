import { setTimeout as sleep } from 'node:timers/promises';
import { isPaused } from '../../contract/import';
import type { Pauses } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { SendWindows } from '../../domain/invitations/windows';
import type { Deadline } from '../../platform/deadline';
import { SendDeadline } from '../../providers/send-deadline';
import type { InvitationMessage, InvitationSender, SendOutcome } from '../../providers/sender';
import type { Ledger, SendRecord } from '../../store/invitations/ledger';
import { assertNotExpired } from '../failures';

const RETRY_EVERY_MS = 250;

/** What the batches of one attempt have in common. */
export interface Attempt {
  id: string;
  channel: Channel;
  ledger: Ledger;
  sender: InvitationSender;
  windows: SendWindows;
  /** What pauses the import at this moment. */
  findPauses: () => Promise<Pauses>;
}

/** Messages that an attempt alone may send, and the time it has for them. */
export interface ClaimedBatch {
  messages: InvitationMessage[];
  deadline: SendDeadline;
}

/** Makes one request. Resolves with the outcome of each message, or with `undefined` if the request was not begun. */
export type MakeRequest = (
  messages: InvitationMessage[],
  deadline: SendDeadline,
) => Promise<readonly SendOutcome[] | undefined>;

/**
 * Claims messages, then looks for a pause, then checks the fence. A pause is looked for after the claim, so that whoever
 * pauses an import knows what may still be sent: what is claimed by then. Resolves with the messages that it got.
 */
export async function claimBatch(attempt: Attempt, messages: InvitationMessage[]): Promise<ClaimedBatch | 'paused'> {
  const deadline = new SendDeadline(attempt.windows);
  const ids = messages.map(({ id }) => id);
  try {
    const claimed = new Set(await attempt.ledger.claim(ids, attempt.id));
    if (!isPaused(await attempt.findPauses(), attempt.channel)) {
      assertNotExpired(deadline);
      return { messages: messages.filter(({ id }) => claimed.has(id)), deadline };
    }
  } catch (error) {
    // A claim whose answer was lost may stand all the same. One that reaches the database only after this ends in doubt.
    await release(attempt, ids, deadline);
    throw error;
  }
  await release(attempt, ids, deadline);
  return 'paused';
}

/**
 * Sends a claimed batch and writes down what became of it. Messages whose fate is unknown keep their claim, so that
 * nobody else sends them before they are settled. Resolves with the messages whose request was not begun, and the ids of
 * those whose people have opted out.
 */
export async function sendBatch(
  attempt: Attempt,
  { messages, deadline }: ClaimedBatch,
  makeRequest: MakeRequest,
): Promise<{ unsent: InvitationMessage[]; optedOut: string[] }> {
  const unsent: InvitationMessage[] = [];
  const outcomes: [id: string, outcome: SendOutcome][] = [];
  await Promise.all(
    inRequests(messages, attempt.sender.batchSize).map(async (request) => {
      const answer = await makeRequest(request, deadline);
      if (answer) outcomes.push(...request.map(({ id }, i): [string, SendOutcome] => [id, answer[i]!]));
      else unsent.push(...request);
    }),
  );
  const records = outcomes.flatMap(([id, outcome]) => toRecord(id, attempt.id, outcome));
  // Known not to have been processed: the provider was busy, or the account has to be mended first.
  const unprocessed = outcomes.flatMap(([id, { kind }]) => (kind === 'busy' || kind === 'stopped' ? [id] : []));
  await Promise.all([
    retryWrite(() => attempt.ledger.record(records), deadline.forRecord()),
    release(attempt, [...unprocessed, ...unsent.map(({ id }) => id)], deadline),
  ]);
  return {
    unsent,
    optedOut: records.flatMap(({ id, code }) => (code === 'invitation.opted-out' ? [id] : [])),
  };
}

const release = (attempt: Attempt, ids: string[], deadline: SendDeadline): Promise<void> =>
  retryWrite(() => attempt.ledger.release(ids, attempt.id), deadline.forRecord());

/**
 * Repeats a write that fails until the deadline. Elsewhere a failed write fails the step and Temporal runs it again; here
 * that would forget what a provider has answered.
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

function inRequests(messages: InvitationMessage[], size: number): InvitationMessage[][] {
  const requests: InvitationMessage[][] = [];
  for (let i = 0; i < messages.length; i += size) requests.push(messages.slice(i, i + size));
  return requests;
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

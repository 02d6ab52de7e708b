import type { InvitationMessage, InvitationSender, SendOutcome } from '../providers/sender';
import type { Ledger, SendRecord } from '../store/ledger';
import { startAge } from './age';
import { claimTooOld } from './failures';
import { persist } from './persist';

/** What one wave leaves for the step to decide: nothing, a pause the provider asked for, or the end of the channel. */
export type WaveOutcome = Extract<SendOutcome, { kind: 'busy' | 'stopped' }> | { kind: 'done' };

export interface Wave {
  ledger: Ledger;
  sender: InvitationSender;
  attemptId: string;
  fenceMs: number;
  /** For how long the ledger may be away while outcomes wait to be written down, in milliseconds. */
  recordForMs: number;
}

/**
 * Claims, fences, sends and records one wave of messages: two writes to the ledger, however many messages.
 * Messages whose fate is unknown keep their claim, so that nobody else sends them before they are settled.
 */
export async function sendWave(
  { ledger, sender, attemptId, fenceMs, recordForMs }: Wave,
  messages: InvitationMessage[],
): Promise<WaveOutcome> {
  const age = startAge();
  const ids = messages.map(({ id }) => id);
  const giveBack = (claims: string[]): Promise<void> => persist(() => ledger.release(claims, attemptId), recordForMs);
  const claimed = await claim(ledger, ids, attemptId, giveBack);
  const mine = messages.filter(({ id }) => claimed.has(id));
  // A process that was frozen after its claim must not send: somebody else may be settling these by now.
  if (age() > fenceMs) {
    await giveBack(ids);
    throw claimTooOld();
  }
  const outcomes = await sendAll(sender, mine);
  const records = mine.flatMap(({ id }, i) => toRecord(id, attemptId, outcomes[i]!));
  const busy = mine.flatMap(({ id }, i) => (outcomes[i]!.kind === 'busy' ? [id] : []));
  await Promise.all([persist(() => ledger.record(records), recordForMs), giveBack(busy)]);
  return decisive(outcomes);
}

/**
 * A claim whose answer was lost may stand all the same: nothing was sent on it, so it is given back. Should it reach the
 * database only after that, its messages end in doubt, and are settled.
 */
async function claim(
  ledger: Ledger,
  ids: string[],
  attemptId: string,
  giveBack: (ids: string[]) => Promise<void>,
): Promise<Set<string>> {
  try {
    return new Set(await ledger.claim(ids, attemptId));
  } catch (error) {
    await giveBack(ids);
    throw error;
  }
}

async function sendAll(sender: InvitationSender, messages: InvitationMessage[]): Promise<SendOutcome[]> {
  const requests: Promise<SendOutcome[]>[] = [];
  for (let i = 0; i < messages.length; i += sender.batchSize)
    requests.push(sender.send(messages.slice(i, i + sender.batchSize)));
  return (await Promise.all(requests)).flat();
}

function toRecord(id: string, attemptId: string, outcome: SendOutcome): SendRecord[] {
  switch (outcome.kind) {
    case 'accepted':
      return [{ id, attemptId, state: 'sent', providerId: outcome.providerId }];
    case 'rejected':
    case 'stopped':
      return [{ id, attemptId, state: 'failed', code: outcome.code, providerCode: outcome.providerCode }];
    case 'busy':
    case 'ambiguous':
      return [];
  }
}

/** A stop outweighs a pause; of several pauses the longest counts. */
function decisive(outcomes: SendOutcome[]): WaveOutcome {
  const stopped = outcomes.find((outcome) => outcome.kind === 'stopped');
  if (stopped) return stopped;
  const pauses = outcomes.filter((outcome) => outcome.kind === 'busy');
  pauses.sort((a, b) => (b.retryAfterMs ?? 0) - (a.retryAfterMs ?? 0));
  return pauses[0] ?? { kind: 'done' };
}

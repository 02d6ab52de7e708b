import type { Pauses } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import { mayStillSend } from '../../domain/invitations/windows';
import type { InvitationMessage, InvitationSender, SendOutcome } from '../../providers/sender';
import { isPaused } from '../../store/imports/pauses';
import type { Ledger, SendRecord } from '../../store/invitations/ledger';
import { startAge } from '../../platform/deadline';
import { claimTooOld } from '../failures';
import { retryWrite } from './retry-write';

/** What one wave leaves for the step to decide: nothing, a pause the provider asked for, or that no more is to be sent. */
export type WaveOutcome = Extract<SendOutcome, { kind: 'busy' | 'stopped' }> | { kind: 'done' } | { kind: 'held' };

export interface Wave {
  ledger: Ledger;
  sender: InvitationSender;
  channel: Channel;
  attemptId: string;
  fenceMs: number;
  /** For how long the ledger may be away while outcomes wait to be written down, in milliseconds. */
  recordForMs: number;
  /** What holds the import back at this moment. */
  findHolds: () => Promise<Pauses>;
}

export interface WaveReport {
  outcome: WaveOutcome;
  /** Of each request that was made, the outcomes of its messages. */
  requests: SendOutcome[][];
  /** The messages whose people want no more. */
  optedOut: string[];
}

/**
 * Claims, looks for a hold, fences, sends and records one wave of messages: three round trips to the database, however many
 * messages. A hold is looked for after the claim, so that whoever writes one down knows what may still be sent: what is
 * claimed by then. Messages whose fate is unknown keep their claim, so that nobody else sends them before they are settled.
 */
export async function sendBatch(batch: Wave, messages: InvitationMessage[]): Promise<WaveReport> {
  const { ledger, sender, attemptId, fenceMs, recordForMs } = batch;
  const age = startAge();
  const startBy = performance.now() + fenceMs;
  const ids = messages.map(({ id }) => id);
  const giveBack = (claims: string[]): Promise<void> =>
    retryWrite(() => ledger.release(claims, attemptId), recordForMs);
  const { claimed, held } = await claim(batch, ids, giveBack);
  if (held) {
    await giveBack(ids);
    return { outcome: { kind: 'held' }, requests: [], optedOut: [] };
  }
  const mine = messages.filter(({ id }) => claimed.has(id));
  // A process that was frozen after its claim must not send: somebody else may be settling these by now.
  if (!mayStillSend(age(), fenceMs)) {
    await giveBack(ids);
    throw claimTooOld();
  }
  const batches = inBatches(mine, sender.batchSize);
  const answers = await Promise.all(batches.map((batch) => sender.send(batch, { startBy })));
  const outcomes = new Map(batches.flatMap((batch, b) => batch.map(({ id }, i) => [id, answers[b]![i]!] as const)));

  const records = [...outcomes].flatMap(([id, outcome]) => toRecord(id, attemptId, outcome));
  // Neither was processed: they wait for the provider, or for whoever mends the account.
  const unsent = [...outcomes].flatMap(([id, { kind }]) => (kind === 'busy' || kind === 'stopped' ? [id] : []));
  await Promise.all([retryWrite(() => ledger.record(records), recordForMs), giveBack(unsent)]);
  return {
    outcome: decisive([...outcomes.values()]),
    requests: answers,
    optedOut: records.flatMap(({ id, code }) => (code === 'invitation.opted-out' ? [id] : [])),
  };
}

/**
 * A claim whose answer was lost may stand all the same: nothing was sent on it, so it is given back. Should it reach the
 * database only after that, its messages end in doubt, and are settled.
 */
async function claim(
  { ledger, channel, attemptId, findHolds }: Wave,
  ids: string[],
  giveBack: (ids: string[]) => Promise<void>,
): Promise<{ claimed: Set<string>; held: boolean }> {
  try {
    const claimed = new Set(await ledger.claim(ids, attemptId));
    return { claimed, held: isPaused(await findHolds(), channel) };
  } catch (error) {
    await giveBack(ids);
    throw error;
  }
}

function inBatches(messages: InvitationMessage[], size: number): InvitationMessage[][] {
  const batches: InvitationMessage[][] = [];
  for (let i = 0; i < messages.length; i += size) batches.push(messages.slice(i, i + size));
  return batches;
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

/** A stop outweighs a pause; of several pauses the longest counts. */
function decisive(outcomes: SendOutcome[]): WaveOutcome {
  const stopped = outcomes.find((outcome) => outcome.kind === 'stopped');
  if (stopped) return stopped;
  const pauses = outcomes.filter((outcome) => outcome.kind === 'busy');
  pauses.sort((a, b) => (b.retryAfterMs ?? 0) - (a.retryAfterMs ?? 0));
  return pauses[0] ?? { kind: 'done' };
}

import { Context } from '@temporalio/activity';
import { randomUUID } from 'node:crypto';
import type { ChannelRows, InvitationOutcome } from '../contract/invitation';
import { parseRowSet } from '../contract/row-set';
import type { InvitationMessage } from '../providers/sender';
import type { InvitationDoc } from '../store/documents';
import { composeMessages } from './compose-messages';
import type { Composed } from './compose-messages';
import type { ActivityDeps } from './deps';
import { providerBusy } from './failures';
import { withHeartbeat } from './heartbeat';
import { sendWave } from './send-wave';
import type { WaveOutcome } from './send-wave';

/** While one lane writes to the ledger, the other has its requests in flight. */
const LANES = 2;

type Halt = Extract<WaveOutcome, { kind: 'busy' | 'stopped' }>;

/**
 * Sends the pending invitations of a chunk. The ledger decides what may be sent, so running it again, or twice at once,
 * invites nobody twice. Returns where the chunk stands; what is in doubt comes back as `sending`, to be settled.
 * Throws `ProviderBusy` where the provider asks for a pause.
 */
export function createSendInvitations(deps: ActivityDeps) {
  const { store, senders, settings } = deps;

  return ({ importId, channel, rows }: ChannelRows): Promise<InvitationOutcome[]> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      const [pending] = await Promise.all([
        store.invitations.find({ importId, channel, rows: lines, states: ['pending'] }),
        store.imports.advance(importId, 'inviting'),
      ]);
      const composed = await composeMessages(deps, pending);
      const messages = composed.flatMap(({ message, joined }) => (joined ? [] : [message]));
      const halt = await sendAll(channel, messages);
      if (halt?.kind === 'busy') throw providerBusy(halt.providerCode, halt.retryAfterMs);
      if (halt) await store.ledger.endPending(importId, { ids: pending.map(({ _id }) => _id) }, 'failed', halt.code);
      await endUnneeded(importId, pending, composed);

      const outcomes = await store.invitations.outcomes({ importId, channel, rows: lines });
      if (outcomes.some(({ state }) => state === 'sending')) await store.imports.advance(importId, 'settling');
      return outcomes;
    });

  /** Who has joined needs no invitation, and who was removed since has no address: theirs end unsent. */
  async function endUnneeded(importId: string, pending: InvitationDoc[], composed: Composed[]): Promise<void> {
    const joined = composed.flatMap(({ message, joined }) => (joined ? [message.id] : []));
    if (joined.length > 0) {
      await store.ledger.endPending(importId, { ids: joined }, 'suppressed', 'invitation.already-accepted');
    }
    const addressed = new Set(composed.map(({ message }) => message.id));
    const removed = pending.flatMap(({ _id }) => (addressed.has(_id) ? [] : [_id]));
    if (removed.length > 0) await store.ledger.endPending(importId, { ids: removed }, 'suppressed');
  }

  async function sendAll(channel: ChannelRows['channel'], messages: InvitationMessage[]): Promise<Halt | undefined> {
    const context = Context.current();
    const sender = senders[channel];
    const wave = {
      ledger: store.ledger,
      sender,
      attemptId: randomUUID(),
      fenceMs: settings.fenceMs,
      recordForMs: settings.pace.settleWindowMs / 2,
    };
    const waveSize = sender.batchSize * Math.max(1, Math.floor(settings.concurrency[channel] / LANES));
    const queue = [...messages];
    const halted: { by?: Halt | { kind: 'broken'; error: unknown } } = {};

    const lane = async (): Promise<void> => {
      while (queue.length > 0 && !halted.by && !context.cancellationSignal.aborted) {
        const next = queue.splice(0, waveSize);
        const outcome = await sendWave(wave, next).catch((error: unknown) => ({ kind: 'broken' as const, error }));
        if (outcome.kind !== 'done') halted.by ??= outcome;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    // Thrown only now: while one lane has failed, the other must not go on unseen.
    if (halted.by?.kind === 'broken') throw halted.by.error;
    // Nothing new was begun after the cancellation, and all that was in flight is written down: now it may be felt.
    if (context.cancellationSignal.aborted) await context.cancelled;
    return halted.by;
  }
}

import { Context } from '@temporalio/activity';
import { randomUUID } from 'node:crypto';
import type { Channel, ChannelRows } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import { parseRowSet } from '../../contract/row-set';
import { invitationLines } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { InvitationMessage } from '../../providers/sender';
import type { InvitationDoc } from '../../store/documents';
import { isPaused } from '../../store/imports/pauses';
import { composeMessages } from './compose-messages';
import type { Composed } from './compose-messages';
import type { ActivityDeps } from '../deps';
import { providerBusy } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';
import { sendBatches } from './send-batches';
import type { Halt } from './send-batches';

/**
 * Sends the pending invitations of a chunk. The ledger decides what may be sent, so running it again, or twice at once,
 * invites nobody twice. Where the provider refuses the account, it holds the channel back, for a person to mend.
 * Throws `ProviderBusy` where the provider asks for a pause, or is down and the next try is not due.
 */
export function createSendInvitations(deps: ActivityDeps) {
  const { store, senders, breakers, settings } = deps;

  return ({ importId, channel, rows }: ChannelRows): Promise<ImportSnapshot> =>
    withHeartbeat(async () => {
      const lines = parseRowSet(rows);
      const [pending, pauses] = await Promise.all([
        store.invitations.find({ importId, channel, rows: lines, states: ['pending'] }),
        store.pauses.find(importId),
        store.imports.advance(importId, 'inviting'),
      ]);
      if (!isPaused(pauses, channel)) await send(importId, channel, pending);

      const snapshot = await takeSnapshot(deps, importId);
      if (invitationLines(snapshot, channel, 'sending').length > 0) await store.imports.advance(importId, 'settling');
      return snapshot;
    });

  async function send(importId: string, channel: Channel, pending: InvitationDoc[]): Promise<void> {
    const composed = await composeMessages(deps, pending);
    const messages = composed.flatMap(({ message, needless }) => (needless ? [] : [message]));
    const halt = await sendMessages(importId, channel, messages, pending);
    if (halt?.kind === 'busy') throw providerBusy(halt.providerCode, halt.retryAfterMs);
    if (halt?.kind === 'stopped') {
      const { code, providerCode } = halt;
      // An import that is at its end for MongoDB cannot be held back; it must not be tried without a pause all the same.
      if (!(await store.pauses.pause(importId, channel, { code, providerCode })))
        throw providerBusy(providerCode, undefined);
    }
    await endNeedless(importId, pending, composed);
  }

  /** Who has joined needs no invitation, and who was removed since has no address: theirs end unsent. */
  async function endNeedless(importId: string, pending: InvitationDoc[], composed: Composed[]): Promise<void> {
    const byReason = new Map<ProblemCode | undefined, string[]>();
    const note = (id: string, reason?: ProblemCode) => byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
    for (const { message, needless } of composed) if (needless) note(message.id, needless);
    const addressed = new Set(composed.map(({ message }) => message.id));
    for (const { _id } of pending) if (!addressed.has(_id)) note(_id);
    for (const [reason, ids] of byReason) await store.ledger.endPending(importId, { ids }, 'suppressed', reason);
  }

  async function sendMessages(
    importId: string,
    channel: Channel,
    messages: InvitationMessage[],
    pending: InvitationDoc[],
  ): Promise<Halt | undefined> {
    const context = Context.current();
    const sender = senders[channel];
    const personOf = new Map(pending.map(({ _id, personId }) => [_id, personId]));
    const halt = await sendBatches(
      {
        wave: {
          ledger: store.ledger,
          sender,
          channel,
          attemptId: randomUUID(),
          fenceMs: settings.fenceMs,
          recordForMs: settings.timing.settleWindowMs / 2,
          findHolds: () => store.pauses.find(importId),
        },
        concurrency: settings.concurrency[channel],
        breaker: breakers[channel],
        signal: context.cancellationSignal,
        note: ({ optedOut }) =>
          store.people.optOut(
            optedOut.map((id) => personOf.get(id)!),
            channel,
          ),
      },
      messages,
    );
    // Nothing new was begun after the cancellation, and all that was in flight is written down: now it may be felt.
    if (context.cancellationSignal.aborted) await context.cancelled;
    return halt;
  }
}

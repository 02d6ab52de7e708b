import { Context } from '@temporalio/activity';
import { randomUUID } from 'node:crypto';
import { isPaused } from '../../contract/import';
import type { Channel, ChannelRows } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import { parseRowSet } from '../../contract/row-set';
import { invitationLines } from '../../contract/snapshot';
import type { ImportSnapshot } from '../../contract/snapshot';
import type { InvitationMessage } from '../../providers/sender';
import type { InvitationDoc } from '../../store/documents';
import { composeMessages } from './compose-messages';
import type { Composed } from './compose-messages';
import type { ActivityDeps } from '../deps';
import { providerBusy } from '../failures';
import { withHeartbeat } from '../heartbeat';
import { takeSnapshot } from '../take-snapshot';
import { sendBatches } from './send-batches';
import type { StopReason } from './send-batches';

/**
 * Sends the pending invitations of a chunk. Idempotent, also for concurrent runs: the ledger decides what may be sent. If the
 * provider stops the account, the channel is paused until a person has fixed it. Throws `ProviderBusy` if the provider asks
 * for a delay, or is down and the next probe is not due.
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
    const stopReason = await sendMessages(importId, channel, messages, pending);
    if (stopReason?.kind === 'busy') throw providerBusy(stopReason.providerCode, stopReason.retryAfterMs);
    if (stopReason?.kind === 'stopped') {
      const { code, providerCode } = stopReason;
      // An import that has ended in MongoDB cannot be paused, but the step must not be retried at once either.
      if (!(await store.pauses.pause(importId, channel, { code, providerCode })))
        throw providerBusy(providerCode, undefined);
    }
    await endNeedless(importId, pending, composed);
  }

  /** Suppresses the invitations of people who have joined, opted out or were removed. */
  async function endNeedless(importId: string, pending: InvitationDoc[], composed: Composed[]): Promise<void> {
    const byReason = new Map<ProblemCode | undefined, string[]>();
    const add = (id: string, reason?: ProblemCode) => byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
    for (const { message, needless } of composed) if (needless) add(message.id, needless);
    const addressed = new Set(composed.map(({ message }) => message.id));
    for (const { _id } of pending) if (!addressed.has(_id)) add(_id);
    for (const [reason, ids] of byReason) await store.ledger.endPending(importId, { ids }, 'suppressed', reason);
  }

  async function sendMessages(
    importId: string,
    channel: Channel,
    messages: InvitationMessage[],
    pending: InvitationDoc[],
  ): Promise<StopReason | undefined> {
    const context = Context.current();
    const personIds = new Map(pending.map(({ _id, personId }) => [_id, personId]));
    const stopReason = await sendBatches(
      {
        attempt: {
          id: randomUUID(),
          channel,
          ledger: store.ledger,
          sender: senders[channel],
          windows: { ...settings, settleWindowMs: settings.timing.settleWindowMs },
          findPauses: () => store.pauses.find(importId),
        },
        breaker: breakers[channel],
        concurrency: settings.concurrency[channel],
        signal: context.cancellationSignal,
        onOptOut: (ids) =>
          store.people.optOut(
            ids.map((id) => personIds.get(id)!),
            channel,
          ),
      },
      messages,
    );
    // All outcomes are recorded, so the step may end as cancelled.
    if (context.cancellationSignal.aborted) await context.cancelled;
    return stopReason;
  }
}

import { Context } from '@temporalio/activity';
import { randomUUID } from 'node:crypto';
import type { Channel } from '../../contract/invitation';
import { DEACTIVATED_CODE } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import type { InvitationMessage } from '../../providers/sender';
import type { InvitationDoc } from '../../store/documents';
import type { ActivityDeps } from '../deps';
import { composeMessages } from './compose-messages';
import type { Composed } from './compose-messages';
import { createDeferrer, isAwake } from './times/defer-pending';
import type { SendTimes } from './times/defer-pending';
import type { AttemptLedger, DeferringLedger } from './first-ledger';
import type { Holds } from './send-batch';
import { sendBatches } from './send-batches';
import type { StopReason } from './send-batches';
import { markSecond } from './second-channel';

export interface PendingOptions {
  /** The messages are the first of the import, and all of it is composed. */
  isFirst?: boolean;
  /** After so many milliseconds no request begins any more. */
  budgetMs?: number | undefined;
  /** The messages of these invitations, and perhaps of others, if they are composed already. */
  composed?: readonly Composed[];
  /** By default that of invitations that are stored. */
  ledger?: DeferringLedger | undefined;
}

/**
 * Sends pending invitations of one import and channel, and suppresses those of people who have joined, opted out or were removed.
 * If the provider stops the account, pauses the channel until a person has fixed it. Resolves with why some are left, if so:
 * `paused`, `out-of-time`, or `busy` if the provider asks for a delay, or is down and the next probe is not due.
 */
export function createPendingSender(deps: ActivityDeps) {
  const { store, senders, breakers, slots, rates, settings } = deps;

  const deferPending = createDeferrer(deps);

  return async (
    times: SendTimes,
    channel: Channel,
    pending: InvitationDoc[],
    { isFirst = false, budgetMs, composed: composedBefore, ledger }: PendingOptions = {},
  ): Promise<StopReason | undefined> => {
    const { _id: importId } = times;
    const ids = new Set(pending.map(({ _id }) => _id));
    // What has a ledger of its own is the first of its people, on all channels.
    const areFirst = ledger !== undefined;
    const all = await markSecond(deps, times, composedBefore ?? (await composeMessages(deps, pending)), areFirst);
    const composed = all.filter(({ message }) => ids.has(message.id));
    const due = await deferPending(times, {
      ...{ invitations: pending, composed: all, isFirst },
      ledger: ledger ?? store.ledger,
    });
    const sent = due.filter(({ needless }) => !needless);
    const erased = new Set<string>();
    let stopReason = await sendMessages(times, channel, sent, pending, erased, { budgetMs, ledger });
    if (stopReason?.kind === 'stopped') {
      const { code, providerCode } = stopReason;
      // An import that has ended in MongoDB cannot be paused, but the step must not be retried at once either.
      const isPaused = await store.pauses.pause(importId, channel, { code, providerCode });
      stopReason = isPaused ? { kind: 'paused' } : { kind: 'busy', providerCode };
    }
    if (stopReason?.kind !== 'busy') await endNeedless(importId, pending, composed, erased);
    return stopReason;
  };

  /** Adds the invitations of people who were erased meanwhile to `erased`. */
  async function findHolds(
    { _id: importId, schedule }: SendTimes,
    pending: InvitationDoc[],
    erased: Set<string>,
  ): Promise<Holds> {
    const { pauses, erasedRows, scheduleVersion } = await store.pauses.findHolds(importId);
    if (erasedRows.length > 0) for (const { _id, row } of pending) if (erasedRows.includes(row)) erased.add(_id);
    return { pauses, erased, isRescheduled: scheduleVersion !== (schedule?.version ?? 0) };
  }

  async function endNeedless(
    importId: string,
    pending: InvitationDoc[],
    composed: Composed[],
    erased: ReadonlySet<string>,
  ): Promise<void> {
    const byReason = new Map<ProblemCode, string[]>();
    const add = (id: string, reason: ProblemCode) => byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
    for (const { message, needless } of composed) if (needless) add(message.id, needless);
    const addressed = new Set(composed.map(({ message }) => message.id));
    // Nobody leaves otherwise.
    for (const { _id } of pending) if (!addressed.has(_id) || erased.has(_id)) add(_id, 'person.erased');
    for (const [reason, ids] of byReason)
      await (reason === DEACTIVATED_CODE
        ? store.withdrawals.suppress(importId, ids)
        : store.ledger.endPending(importId, { ids }, 'suppressed', reason));
  }

  async function sendMessages(
    times: SendTimes,
    channel: Channel,
    sent: readonly Composed[],
    pending: InvitationDoc[],
    erased: Set<string>,
    { budgetMs, ledger: given }: PendingOptions,
  ): Promise<StopReason | undefined> {
    const context = Context.current();
    const ledger: AttemptLedger = given ?? store.ledger;
    const isUnheld = (): boolean => ledger.mayBeHeld?.() === false;
    const byId = times.schedule?.ignoresQuietHours
      ? new Map<string, Composed>()
      : new Map(sent.filter(({ keepsQuietHours }) => keepsQuietHours).map((one) => [one.message.id, one]));
    const isDue = ({ id }: InvitationMessage): boolean => {
      const composed = byId.get(id);
      return !composed || isAwake(composed, deps.now());
    };
    const personIds = new Map(pending.map(({ _id, personId }) => [_id, personId]));
    const stopReason = await sendBatches(
      {
        attempt: {
          id: randomUUID(),
          channel,
          ledger,
          sender: senders[channel],
          windows: { ...settings, settleWindowMs: settings.timing.settleWindowMs },
          ...(byId.size > 0 && { isDue }),
          findHolds: async () => (isUnheld() ? { pauses: {}, erased } : findHolds(times, pending, erased)),
        },
        breaker: breakers[channel],
        slots: slots[channel],
        rate: rates[channel],
        signal: context.cancellationSignal,
        budgetMs,
        onOptOut: (ids) =>
          store.people.optOut(
            ids.map((id) => personIds.get(id)!),
            channel,
          ),
      },
      sent.map(({ message }) => message),
    );
    // All outcomes are recorded, so the step may end as cancelled.
    if (context.cancellationSignal.aborted) await context.cancelled;
    return stopReason;
  }
}

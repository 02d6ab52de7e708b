import { deferralsOf, periodStart } from '../../../domain/sending-times/sending-times';
import type { Deferral, Sendable } from '../../../domain/sending-times/sending-times';
import type { ImportDoc, InvitationDoc } from '../../../store/documents';
import type { ActivityDeps } from '../../deps';
import { composeMessages } from '../compose-messages';
import type { Composed } from '../compose-messages';
import type { DeferringLedger } from '../first-ledger';
import { markSecond } from '../second-channel';

/** What of an import decides when it is sent. */
export type SendTimes = Pick<ImportDoc, '_id' | 'schedule' | 'failover' | 'appliedAt' | 'plannedAt' | 'createdAt'>;

export interface Pending {
  /** Invitations of one import. */
  invitations: readonly InvitationDoc[];
  /** Their messages, and perhaps those of others. */
  composed: readonly Composed[];
  /** Nothing of the import was sent before, and `composed` has all of its messages. */
  isFirst: boolean;
  ledger: DeferringLedger;
}

const versionOf = ({ schedule }: Pick<SendTimes, 'schedule'>): number => schedule?.version ?? 0;

/** Whether the person may be sent a message now; what takes long between the decision and the request is looked at again. */
export const isAwake = ({ awakeFrom }: Composed, now: Date): boolean => awakeFrom(now) <= now;

/**
 * Defers those of an import's pending invitations that may not be sent yet, and returns the messages of the others. By the zone data
 * and the settings of this moment: what a workflow waits for is only when to look again.
 */
export function createDeferrer(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>) {
  const { store } = deps;

  return async (times: SendTimes, { invitations, composed, isFirst, ledger }: Pending): Promise<Composed[]> => {
    const ids = new Set(invitations.map(({ _id }) => _id));
    const messages = composed.filter(({ message }) => ids.has(message.id));
    if (!mayDefer(times, messages)) return messages;
    const now = deps.now();
    const deferrals = new Map([
      ...(await decide(times, isFirst ? composed : messages, isFirst, now)),
      ...messages.flatMap((one) => waitFor(one)),
    ]);
    const changed = invitations.flatMap(({ _id, deferred }): [string, Deferral][] => {
      const deferral = deferrals.get(_id);
      const isNoted =
        deferred?.until.getTime() === deferral?.until.getTime() &&
        deferred?.because === deferral?.because &&
        deferred?.schedule === versionOf(times);
      return deferral && !isNoted ? [[_id, deferral]] : [];
    });
    if (changed.length > 0) await ledger.defer(new Map(changed), versionOf(times));
    return messages.filter(({ message }) => !deferrals.has(message.id));
  };

  async function decide(
    times: SendTimes,
    composed: readonly Composed[],
    isFirst: boolean,
    now: Date,
  ): Promise<Map<string, Deferral>> {
    const { _id: importId, schedule, createdAt, plannedAt = createdAt, appliedAt = plannedAt } = times;
    const moment = { now, schedule, startsAt: appliedAt, reached: new Set<number>() };
    if (!schedule?.spread || isFirst) return deferralsOf(sendablesOf(composed, times), moment);
    // Whose turn it is depends on everybody who is left.
    const since = periodStart(schedule.spread, later(appliedAt, schedule.sendAt), now);
    const [all, reached] = await Promise.all([
      store.invitations
        .find({ importId, states: ['pending'] })
        .then((found) => composeMessages(deps, found))
        .then((found) => markSecond(deps, times, found, false)),
      store.schedules.reachedSince(importId, since),
    ]);
    return deferralsOf(sendablesOf(all, times), { ...moment, reached: new Set(reached) });
  }
}

const later = (one: Date, other: Date | undefined): Date => (other && other > one ? other : one);

/** A file without a chosen time, of people who have no quiet hours, costs nothing. */
const mayDefer = ({ schedule }: SendTimes, messages: readonly Composed[]): boolean =>
  schedule?.sendAt !== undefined ||
  schedule?.spread !== undefined ||
  messages.some(({ notBefore, waitsUntil }) => notBefore ?? waitsUntil) ||
  (!schedule?.ignoresQuietHours && messages.some(({ keepsQuietHours }) => keepsQuietHours));

/** The messages on the second channel wait for the first one, whatever the schedule. */
const waitFor = ({ message: { id }, needless, waitsUntil }: Composed): [string, Deferral][] =>
  waitsUntil && !needless ? [[id, { until: waitsUntil, because: 'failover' }]] : [];

/** What is needless is ended at once, and what waits for the first channel takes nobody's turn. */
const sendablesOf = (composed: readonly Composed[], { schedule }: SendTimes): Sendable[] =>
  composed
    .filter(({ needless, waitsUntil }) => !needless && !waitsUntil)
    .map(({ message: { id }, row, awakeFrom, notBefore }) => ({
      ...{ id, row, ...(notBefore && { notBefore }) },
      awakeFrom: schedule?.ignoresQuietHours ? (at: Date) => at : awakeFrom,
    }));

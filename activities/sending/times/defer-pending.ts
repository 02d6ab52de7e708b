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

/**
 * People of a spread file who are looked at beyond those of one period, to find some who are awake. In a file with more who sleep at its
 * head, those behind them wait until the next period.
 */
const LOOKED_AT = 5_000;

const versionOf = ({ schedule }: Pick<SendTimes, 'schedule'>): number => schedule?.version ?? 0;

/** Whether the person may be sent a message now; what takes long between the decision and the request is looked at again. */
export const isAwake = ({ awakeFrom }: Composed, now: Date): boolean => awakeFrom(now) <= now;

/**
 * Defers those of an import's pending invitations that may not be sent yet, and returns the messages of the others. By the zone data
 * and the settings of this moment: what a workflow waits for is only when to look again.
 */
export function createDeferrer(deps: Pick<ActivityDeps, 'store' | 'settings' | 'now'>, { lookedAt = LOOKED_AT } = {}) {
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
    const [{ rows, unseen }, reached] = await Promise.all([
      queueOf(importId, schedule.spread.people, new Set(composed.map(({ row }) => row))),
      store.schedules.reachedSince(importId, since),
    ]);
    const found = await store.invitations.find({ importId, states: ['pending'], ...(rows && { rows }) });
    const all = await markSecond(deps, times, await composeMessages(deps, found), false);
    return deferralsOf(sendablesOf(all, times), { ...moment, reached: new Set(reached), unseen });
  }

  /**
   * Who is looked at to see whose turn it is: everybody; of a large file those who stand first, beside its `own` lines. Of all others only
   * the number counts, so that a page of it costs the same wherever it is.
   */
  async function queueOf(
    importId: string,
    people: number,
    own: ReadonlySet<number>,
  ): Promise<{ rows?: number[]; unseen: Map<number, number> }> {
    const unseen = new Map<number, number>();
    const lines = await store.schedules.linesLeft(importId);
    const first = people + lookedAt;
    if (lines.length <= first + own.size) return { unseen };
    const rows = lines.filter((line, i) => i < first || own.has(line));
    let before = -1;
    for (const [i, line] of lines.entries()) {
      if (i >= first && !own.has(line)) continue;
      if (i - before > 1) unseen.set(line, i - before - 1);
      before = i;
    }
    return { rows, unseen };
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

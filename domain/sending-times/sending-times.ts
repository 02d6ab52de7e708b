import { PERIOD_MS } from '../../contract/sending/schedule';
import type { DeferReason, Spread } from '../../contract/sending/schedule';

/** When an import may send, as an administrator has it. */
export interface Schedule {
  /** Counts its changes: what was deferred by an older one is looked at again. */
  version: number;
  sendAt?: Date;
  spread?: Spread;
  /** Quiet hours do not hold its messages back. */
  ignoresQuietHours?: true;
}

/** One invitation that is to be sent. */
export interface Sendable {
  id: string;
  row: number;
  /** The first moment from `at` on at which its person may be sent a message. */
  awakeFrom: (at: Date) => Date;
  /** Its provider takes it no earlier. */
  notBefore?: Date;
}

export interface Deferral {
  until: Date;
  because: DeferReason;
}

interface Moment {
  now: Date;
  schedule: Schedule | undefined;
  /** Since when the import might send. */
  startsAt: Date;
  /** The lines whose people were reached in this hour or day of the spread. */
  reached: ReadonlySet<number>;
  /** By line: how many people stand between it and the line before it that are not among the sendables. */
  unseen?: ReadonlyMap<number, number>;
}

/** The hour or day of a spread in which `at` lies: its first moment. */
export function periodStart({ per }: Spread, startsAt: Date, at: Date): Date {
  const length = PERIOD_MS[per];
  return new Date(startsAt.getTime() + Math.floor((at.getTime() - startsAt.getTime()) / length) * length);
}

/**
 * Until when each of these invitations is deferred, and why, by id; one that may be sent now is absent. With a spread, `sendables` are
 * all that the import has left to send, but for those that `unseen` counts and takes for awake; times in later periods are estimates: a
 * pause moves them.
 */
export function deferralsOf(sendables: readonly Sendable[], moment: Moment): Map<string, Deferral> {
  const { now, schedule } = moment;
  if (schedule?.spread) return spreadOut(sendables, schedule.spread, moment);
  const deferrals = new Map<string, Deferral>();
  const begin = later(now, schedule?.sendAt);
  for (const { id, awakeFrom, notBefore } of sendables) {
    const until = awakeFrom(later(begin, notBefore));
    if (until > now) deferrals.set(id, { until, because: until > begin ? asleep(until, notBefore) : 'send-at' });
  }
  return deferrals;
}

/** A person of a spread whose messages are not all sent, or people who are only counted. */
type Queued = { row: number; messages: Awaited[] } | { count: number };

/** A message with the first moment at which its person is awake for it: as it was looked at last, and at the very first. */
interface Awaited {
  sendable: Sendable;
  at: Date;
  first: Date;
}

const NOBODY: ReadonlySet<number> = new Set();

/** Goes from period to period, as the steps will: each lets so many people go, in the order of the file, with whatever they are awake for. */
function spreadOut(
  sendables: readonly Sendable[],
  spread: Spread,
  { now, schedule, startsAt, reached, unseen }: Moment,
): Map<string, Deferral> {
  const begin = later(now, schedule?.sendAt);
  const since = later(startsAt, schedule?.sendAt);
  const current = periodStart(spread, since, now).getTime();
  const deferrals = new Map<string, Deferral>();
  let queue = queued(sendables, begin, unseen);
  let open = begin;
  while (queue.length > 0) {
    const start = periodStart(spread, since, open).getTime();
    const end = new Date(start + PERIOD_MS[spread.per]);
    const hadTurn = start === current ? reached : NOBODY;
    const room = Math.max(0, spread.people - hadTurn.size);
    const { left, used } = passPeriod(queue, { end, room, hadTurn });
    // Nobody is awake, so neither is anybody in the periods until the first one is.
    const next = used === 0 && room > 0 ? firstOf(left) : end;
    queue = left;
    open = next > end ? later(end, new Date(periodStart(spread, since, next))) : end;
  }
  return deferrals;

  /** Those who have something left after this period, in their order, and how many of its places were taken. */
  function passPeriod(
    waiting: readonly Queued[],
    { end, room, hadTurn }: { end: Date; room: number; hadTurn: ReadonlySet<number> },
  ): { left: Queued[]; used: number } {
    const left: Queued[] = [];
    let used = 0;
    let withTurn = hadTurn.size;
    for (const [i, one] of waiting.entries()) {
      if (used >= room && withTurn === 0) return { left: [...left, ...waiting.slice(i)], used };
      if ('count' in one) {
        const gone = Math.min(one.count, room - used);
        used += gone;
        if (gone < one.count) left.push({ count: one.count - gone });
        continue;
      }
      const isFree = hadTurn.has(one.row);
      if (isFree) withTurn--;
      const goes = isFree || used < room ? one.messages.filter((message) => wakeBy(message) < end) : [];
      for (const message of goes) note(message);
      if (goes.length > 0 && !isFree) used++;
      if (goes.length === one.messages.length) continue;
      left.push(
        goes.length === 0 ? one : { row: one.row, messages: one.messages.filter((message) => !goes.includes(message)) },
      );
    }
    return { left, used };
  }

  function wakeBy(message: Awaited): Date {
    if (message.at < open) message.at = message.sendable.awakeFrom(open);
    return message.at;
  }

  function note({ sendable: { id, notBefore }, at, first }: Awaited): void {
    if (at <= now) return;
    const isAsleep = at > open || (at > begin && at.getTime() === first.getTime());
    const because = isAsleep ? asleep(at, notBefore) : at.getTime() === begin.getTime() ? 'send-at' : 'spread';
    deferrals.set(id, { until: at, because });
  }
}

/** In the order of the file, with those who are only counted in between. */
function queued(sendables: readonly Sendable[], begin: Date, unseen: Moment['unseen']): Queued[] {
  const people = new Map<number, Awaited[]>();
  for (const sendable of sendables) {
    const at = sendable.awakeFrom(later(begin, sendable.notBefore));
    people.set(sendable.row, [...(people.get(sendable.row) ?? []), { sendable, at, first: at }]);
  }
  return [...people]
    .sort(([a], [b]) => a - b)
    .flatMap(([row, messages]): Queued[] => {
      const count = unseen?.get(row) ?? 0;
      return count > 0 ? [{ count }, { row, messages }] : [{ row, messages }];
    });
}

/** The first moment at which one of them is awake, all of whom were looked at. */
const firstOf = (waiting: readonly Queued[]): Date =>
  new Date(Math.min(...waiting.flatMap((one) => ('count' in one ? [] : one.messages.map(({ at }) => at.getTime())))));

const asleep = (until: Date, notBefore: Date | undefined): DeferReason =>
  notBefore && notBefore.getTime() === until.getTime() ? 'refused-at-night' : 'quiet-hours';

const later = (one: Date, other: Date | undefined): Date => (other && other > one ? other : one);

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

function spreadOut(
  sendables: readonly Sendable[],
  spread: Spread,
  { now, schedule, startsAt, reached, unseen }: Moment,
): Map<string, Deferral> {
  const begin = later(now, schedule?.sendAt);
  const since = later(startsAt, schedule?.sendAt);
  const nextPeriod = (at: Date): Date => new Date(periodStart(spread, since, at).getTime() + PERIOD_MS[spread.per]);
  const people = new Map<number, Sendable[]>();
  for (const one of sendables) people.set(one.row, [...(people.get(one.row) ?? []), one]);

  const taken = new Map<number, number>();
  taken.set(periodStart(spread, since, now).getTime(), reached.size);
  /** Earlier periods have no room left. */
  let open = begin;
  const deferrals = new Map<string, Deferral>();
  for (const [row, messages] of [...people].sort(([a], [b]) => a - b)) {
    passOver(unseen?.get(row) ?? 0);
    const turn = reached.has(row) ? begin : takeTurn(messages);
    for (const { id, awakeFrom, notBefore } of messages) {
      const until = awakeFrom(later(turn, notBefore));
      if (until > now) deferrals.set(id, { until, because: reasonOf(until, turn, notBefore) });
    }
  }
  return deferrals;

  function passOver(count: number): void {
    for (let left = count; left > 0;) {
      const period = periodStart(spread, since, open).getTime();
      const here = Math.min(left, Math.max(0, spread.people - countIn(open)));
      taken.set(period, countIn(open) + here);
      left -= here;
      if (countIn(open) >= spread.people) open = nextPeriod(open);
    }
  }

  /** The first moment at which the person is awake and their period has room. */
  function takeTurn(messages: readonly Sendable[]): Date {
    while (countIn(open) >= spread.people) open = nextPeriod(open);
    let at = open;
    for (;;) {
      const awake = new Date(Math.min(...messages.map(({ awakeFrom }) => awakeFrom(at).getTime())));
      const count = countIn(awake);
      if (count < spread.people) {
        taken.set(periodStart(spread, since, awake).getTime(), count + 1);
        return awake;
      }
      at = nextPeriod(awake);
    }
  }

  function countIn(at: Date): number {
    return taken.get(periodStart(spread, since, at).getTime()) ?? 0;
  }

  function reasonOf(until: Date, turn: Date, notBefore: Date | undefined): DeferReason {
    if (until > turn) return asleep(until, notBefore);
    if (until.getTime() === begin.getTime()) return 'send-at';
    return periodStart(spread, since, until) > periodStart(spread, since, begin) ? 'spread' : 'quiet-hours';
  }
}

const asleep = (until: Date, notBefore: Date | undefined): DeferReason =>
  notBefore && notBefore.getTime() === until.getTime() ? 'refused-at-night' : 'quiet-hours';

const later = (one: Date, other: Date | undefined): Date => (other && other > one ? other : one);

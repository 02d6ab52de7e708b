import type { Channel } from '../../contract/invitation';
import type { QuietHours } from '../../contract/sending/schedule';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Two zones can be awake at the same time within a day, or never. */
const LOOKS_AHEAD_MS = 3 * DAY_MINUTES * MINUTE_MS;
/** What a zone sets its clock by in summer and winter, at least. */
const GRAIN_MS = 15 * MINUTE_MS;

/** The form of a time of day: `08:00`. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether the zone data of this Node.js know a place by this name, such as `Europe/London`. Offsets have no summer time. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[a-z]/i.test(name);
  } catch {
    return false;
  }
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The time of day in a zone, as `08:00`. */
export function timeIn(zone: string, at: Date): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    formats.set(zone, format);
  }
  return format.format(at);
}
const formats = new Map<string, Intl.DateTimeFormat>();

function isQuiet({ from, to }: QuietHours, time: string): boolean {
  // Times of one form compare as texts.
  return from < to ? time >= from && time < to : time >= from || time < to;
}

/**
 * The first moment from `now` on at which no zone has quiet hours: `now` itself if none has. By the zone data of this Node.js, also
 * across the days on which clocks change. Where no moment suits all zones, the first at which one of them wakes.
 */
export function firstAwake(now: Date, zones: readonly string[], hours: QuietHours): Date {
  let at = now;
  let first: Date | undefined;
  for (;;) {
    const asleep = zones.filter((zone) => isQuiet(hours, timeIn(zone, at)));
    if (asleep.length === 0) return at;
    const wakings = asleep.map((zone) => wakesAt(zone, at, hours).getTime());
    first ??= new Date(Math.min(...wakings));
    at = new Date(Math.max(...wakings));
    if (at.getTime() - now.getTime() > LOOKS_AHEAD_MS) return first;
  }
}

/** The end of the quiet hours that a zone has at this moment. */
function wakesAt(zone: string, at: Date, { from, to }: QuietHours): Date {
  const minutes = (minutesOf(to) - minutesOf(timeIn(zone, at)) + DAY_MINUTES) % DAY_MINUTES;
  let moment = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS;
  const isAsleep = (): boolean => isQuiet({ from, to }, timeIn(zone, new Date(moment)));
  // The clock was set back in between: that moment is too early, or the one an hour before it is early enough.
  if (isAsleep()) while (isAsleep()) moment += GRAIN_MS;
  else {
    while (moment - GRAIN_MS > at.getTime() && !isQuiet({ from, to }, timeIn(zone, new Date(moment - GRAIN_MS))))
      moment -= GRAIN_MS;
  }
  return new Date(moment);
}

/** The quiet hours of a channel. E-mail has none unless the organisation has chosen some: a mail wakes nobody. */
export function quietHoursOf(
  organisation: { quietHours?: Partial<Record<Channel, QuietHours | null>> } | null,
  channel: Channel,
  installation: QuietHours | null,
): QuietHours | null {
  const chosen = organisation?.quietHours?.[channel];
  return chosen === undefined ? (channel === 'sms' ? installation : null) : chosen;
}

/** The next moment at which it has become `time` of the day in all zones. */
export const nextMorning = (now: Date, zones: readonly string[], time: string): Date =>
  new Date(
    Math.max(
      ...zones.map((zone) => {
        const current = timeIn(zone, now);
        return wakesAt(zone, now, { from: current === time ? '00:00' : current, to: time }).getTime();
      }),
    ),
  );

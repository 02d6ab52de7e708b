const MINUTE_MS = 60_000;

/** Minutes by which the clock of this machine is before UTC at that moment. */
const offsetAt = (at: Date): number => -at.getTimezoneOffset();

/** The moment as the clock of this machine shows it, in the form of ISO 8601, without a zone. */
function onThisClock(moment: string): string {
  const at = new Date(moment);
  return new Date(at.getTime() + offsetAt(at) * MINUTE_MS).toISOString();
}

/** Such as `UTC`, `UTC+1` or `UTC-3:30`: an abbreviation of a zone would not be known everywhere. */
function zoneAt(moment: string): string {
  const offset = offsetAt(new Date(moment));
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  if (offset === 0) return 'UTC';
  return `UTC${offset < 0 ? '-' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

/**
 * A moment of the API for people, to the minute and with its zone: by the clock of this machine, as `--send-at` takes it.
 */
export const formatMoment = (moment: string): string =>
  `${onThisClock(moment).slice(0, 16).replace('T', ' ')} ${zoneAt(moment)}`;

/** The day of a moment by the clock of this machine. */
export const dayOf = (moment: string): string => onThisClock(moment).slice(0, 10);

/** The same in words, such as `Tuesday 24 November`. */
export const dayInWords = (moment: string): string => DAY.format(new Date(moment));
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** At most so many people of an import are sent messages in an hour or a day, in the order of the file. */
export interface Spread {
  people: number;
  per: 'hour' | 'day';
}
export const SPREAD_PERIODS = ['hour', 'day'] as const satisfies Spread['per'][];
export const PERIOD_MS: Readonly<Record<Spread['per'], number>> = { hour: 3_600_000, day: 86_400_000 };
export const MOST_SPREAD_PEOPLE = 100_000;

/** When the imports of an organisation send, unless an upload says otherwise. */
export interface SendingDefault {
  /** When it is this time of the day in this zone next, or once their plan is applied; `null` for at once. */
  at: { time: string; timeZone: string } | 'when-applied' | null;
  spread: Spread | null;
}

/** Hours of the day of the recipient, as `20:00`, in which nothing is sent. `to` is the first moment after them. */
export interface QuietHours {
  from: string;
  to: string;
}

/** Why an invitation is not sent yet. */
export const DEFER_REASONS = [
  /** The import is sent later. */
  'send-at',
  /** It is night where the person may be. */
  'quiet-hours',
  /** As many people as the import may reach in this hour or day are reached. */
  'spread',
  /** The provider takes no message for this country at this hour. */
  'refused-at-night',
  /** Its person may still be reached on the channel that is tried first. */
  'failover',
] as const;
export type DeferReason = (typeof DEFER_REASONS)[number];

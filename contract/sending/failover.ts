import type { Channel } from '../invitation';

/** One channel is tried first; the other one is sent where that fails, bounces, or is not delivered within so many hours. */
export interface Failover {
  first: Channel;
  afterHours: number;
}

/** A week: no provider tries for longer. */
export const LONGEST_FAILOVER_HOURS = 168;

/** The settings of the API without which it takes no delivery reports of a channel. */
export const REPORT_SETTINGS: Readonly<Record<Channel, string>> = {
  email: 'SENDGRID_WEBHOOK_PUBLIC_KEY',
  sms: 'WEBHOOK_URL and TWILIO_AUTH_TOKEN',
};

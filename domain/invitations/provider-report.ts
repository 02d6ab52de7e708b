import type { Channel } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';

/** A provider's report about a message, or about a person's opt-out. */
export interface ProviderReport {
  /** The provider's id of the event; the same in repetitions of the report. */
  eventId: string;
  channel: Channel;
  kind: 'accepted' | 'delivered' | 'bounced' | 'opted-out' | 'opted-in';
  /** When it happened; absent if the report has no time. */
  at?: Date;
  /** Our id of the invitation; absent for a person's own message, such as a STOP by SMS. */
  invitationId?: string;
  /** The provider's id of the message. */
  providerId?: string;
  /** The reason of a bounce. */
  code?: ProblemCode;
  providerCode?: string;
  /** The person's number, if there is no invitation. Personal data. */
  address?: string;
}

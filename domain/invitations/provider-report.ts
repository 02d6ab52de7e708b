import type { Channel } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';

/** What a provider reports about a message, or about a person's opt-out. */
export interface ProviderReport {
  /** The provider's own id of the event, the same each time that the report is repeated. */
  eventId: string;
  channel: Channel;
  kind: 'accepted' | 'delivered' | 'bounced' | 'opted-out' | 'opted-in';
  /** When it happened; absent where the provider does not say. */
  at?: Date;
  /** Our id of the invitation; absent where the person wrote unasked, as with a STOP by SMS. */
  invitationId?: string;
  /** The provider's id of the message. */
  providerId?: string;
  /** The reason of a bounce. */
  code?: ProblemCode;
  providerCode?: string;
  /** The person's number, where there is no invitation. Personal data. */
  address?: string;
}

import type { Channel } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';

/** What a provider tells by a callback of what became of a message. */
export interface ProviderReport {
  /** The provider's own id of the event; it is the same however often the event is told. */
  eventId: string;
  channel: Channel;
  kind: 'accepted' | 'delivered' | 'bounced' | 'opted-out' | 'opted-in';
  /** When it happened; absent where the provider does not say. */
  at?: Date;
  /** Our id of the invitation; absent where the person wrote by themselves, as with a STOP by SMS. */
  invitationId?: string;
  /** What the provider calls the message. */
  providerId?: string;
  /** Why it bounced. */
  code?: ProblemCode;
  providerCode?: string;
  /** Whose wish it is, where no invitation tells that. Personal data. */
  address?: string;
}

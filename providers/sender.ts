import type { Channel } from '../contract/invitation';
import type { ProblemCode } from '../contract/problem-codes';
import type { MessageText, PlaceholderValues } from '../domain/message-texts/message-text';
import type { SendDeadline } from './send-deadline';

/** One invitation, ready to be sent. The only personal data in it is what the message itself needs. */
export interface InvitationMessage {
  /** Id of the invitation in the ledger: opaque, and the only identity that a provider learns. */
  id: string;
  /** Secret of the link; by it a sent message is recognised at the provider. */
  token: string;
  /** E-mail address, or mobile number in E.164. */
  to: string;
  firstName: string;
  lastName?: string;
  organisationName: string;
  /** What the person opens to accept; ends with the token. */
  link: string;
  /** For its channel. Without one the built-in English text is sent. */
  text?: MessageText;
  /** How the organisation appears as the sender of an e-mail, where it has chosen that. Messages of one organisation share the object. */
  identity?: SenderIdentity;
  /** The address that takes an opt-out with one click (RFC 8058); e-mail alone. */
  unsubscribeUrl?: string;
}

export interface SenderIdentity {
  /** Stands before the sender's address. */
  name?: string;
  /** The e-mail address that gets the answers. */
  replyTo?: string;
}

/** The values of the placeholders in the text of a message. */
export const valuesIn = ({
  firstName,
  lastName = '',
  organisationName,
  link,
}: InvitationMessage): PlaceholderValues => ({
  firstName,
  lastName,
  organisation: organisationName,
  link,
});

/** The outcome of one send: exactly one of five, decided in `classify.ts`. */
export type SendOutcome =
  | { kind: 'accepted'; providerId: string }
  /** This recipient is rejected for good. */
  | { kind: 'rejected'; code: ProblemCode; providerCode: string }
  /** Known not to have been processed: safe to send again, but not before `retryAfterMs` have passed. */
  | { kind: 'busy'; providerCode: string; retryAfterMs?: number }
  /** May or may not have been accepted: never to be sent again before the provider was asked. */
  | { kind: 'ambiguous'; cause: string }
  /** The account or its configuration is rejected: no recipient can be reached until a person has mended it. */
  | { kind: 'stopped'; code: ProblemCode; providerCode: string };

export type LookUpOutcome = { kind: 'accepted'; providerId: string } | { kind: 'not-found' };

/** A message, and what the provider is believed to call it: the person may have another number by now. */
export type AuditedMessage = InvitationMessage & { providerId?: string };

/** The one port to a provider. Senders never retry and never throw for an answer of the provider. */
export interface InvitationSender {
  readonly channel: Channel;
  /** How many messages one request carries at most. */
  readonly batchSize: number;
  /**
   * Sends up to `batchSize` messages in as few requests as it takes. The outcomes stand in the order of the messages. A
   * message whose request could not begin before the deadline expired is `busy` with the provider code `too-late`.
   */
  send(messages: readonly InvitationMessage[], deadline: SendDeadline): Promise<SendOutcome[]>;
  /** Asks the provider whether it holds the message, by its token. Absent where the provider cannot tell. */
  lookUp?(message: InvitationMessage): Promise<LookUpOutcome>;
  /**
   * For an audit: by the id of each message, the provider's ids of everything it holds for its token.
   * Slow, and absent where the provider cannot tell. Rejects where it could not be asked. A message that it was not asked about by
   * `until`, a moment in milliseconds, is left out.
   */
  readonly findAll?: (messages: readonly AuditedMessage[], until?: number) => Promise<Map<string, string[]>>;
}

/** `findAll` of each provider that has it. */
export type ProviderRecords = Partial<Record<Channel, NonNullable<InvitationSender['findAll']>>>;

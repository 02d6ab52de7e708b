import type { ProblemCode } from './problem-codes';
import type { RowSet } from './row-set';

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * Where one invitation (one message to one person on one channel) stands.
 * `pending → sending → sent | failed | unconfirmed`; a refused request that is known not to have been processed
 * goes from `sending` back to `pending`. Everything after `sent` comes from the provider's callbacks. All moves are in
 * `domain/invitations/transitions.ts`.
 */
export const INVITATION_STATES = [
  'pending',
  /** Claimed by an attempt. If the attempt died or its answer was ambiguous, it stays here until it is settled. */
  'sending',
  /** The provider accepted it; that is not yet delivery. */
  'sent',
  'delivered',
  'failed',
  /** Nobody can tell whether the provider accepted it, so it is not sent again by itself. */
  'unconfirmed',
  /** Not to be sent at all, for example an SMS to a landline. */
  'suppressed',
  'cancelled',
  /** The provider had accepted it and could not deliver it. */
  'bounced',
  /** The person has followed its link. */
  'accepted',
] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** The states from which support staff may ask for another try. */
export const RETRYABLE_STATES: readonly InvitationState[] = ['failed', 'bounced'];

/** Why an invitation can be sent again. */
export const FAILURE_CLASSES = [
  /** What failed may succeed by itself the next time: the provider was away, or the telephone switched off. */
  'transient',
  /** It fails again unless somebody has mended something: the address, the account, the text. */
  'permanent',
  /** Nobody can tell whether it was sent; only with `includeUnconfirmed`. */
  'unconfirmed',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** The codes of failures that may pass by themselves. */
export const TRANSIENT_CODES: readonly ProblemCode[] = [
  'invitation.provider-unavailable',
  'invitation.undelivered',
  'invitation.allowed-again',
];
/** Whoever has asked for no more messages is sent none, whoever asks for it. */
export const OPTED_OUT_CODE: ProblemCode = 'invitation.opted-out';

/** Where the invitations of a set of rows on one channel stand. `code` is the reason, where there is one. */
export interface InvitationOutcome {
  channel: Channel;
  rows: RowSet;
  state: InvitationState;
  code?: ProblemCode;
}

/** What the steps of inviting are told: some rows of an import, on one channel. */
export interface ChannelRows {
  importId: string;
  channel: Channel;
  rows: RowSet;
}

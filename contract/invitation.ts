import type { ProblemCode } from './problem-codes';
import type { RowSet } from './row-set';

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * Where one invitation (one message to one person on one channel) stands.
 * `pending → sending → sent | failed | unconfirmed`; a refused request that is known not to have been processed
 * goes from `sending` back to `pending`. Everything after `sent` comes from the provider's callbacks.
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
  'bounced',
  /** The person has followed its link. */
  'accepted',
] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** The states from which support staff may ask for another try. */
export const RETRYABLE_STATES: readonly InvitationState[] = ['failed', 'bounced'];
/** Those, and the ones that only somebody who takes the risk of a second message may send again. */
export const retryableStates = (includeUnconfirmed = false): InvitationState[] =>
  includeUnconfirmed ? [...RETRYABLE_STATES, 'unconfirmed'] : [...RETRYABLE_STATES];

/** What one step did to the invitations of a set of rows on one channel. `code` is the reason, where there is one. */
export interface InvitationOutcome {
  channel: Channel;
  rows: RowSet;
  state: InvitationState;
  code?: ProblemCode;
  /** Absent for the first; an outcome of an older generation tells nothing about a newer one. */
  generation?: number;
}

/** What the steps of inviting are told: some rows of an import, on one channel. */
export interface ChannelRows {
  importId: string;
  channel: Channel;
  rows: RowSet;
}

import type { ProblemCode } from './problem-codes';
import type { RowSet } from './row-set';
import type { DeferReason } from './sending/schedule';

export const CHANNELS = ['email', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

/**
 * The states of an invitation, which is one message to one person on one channel: `pending → sending → sent | failed |
 * unconfirmed`, then those of the provider's callbacks. `domain/invitations/transitions.ts` lists all transitions.
 */
export const INVITATION_STATES = [
  'pending',
  /** Claimed by an attempt. If the attempt died or its answer was ambiguous, it is in doubt until it is settled. */
  'sending',
  /** The provider accepted it, but has not delivered it yet. */
  'sent',
  'delivered',
  'failed',
  /** It is unknown whether the provider accepted it, so only a person sends it again. */
  'unconfirmed',
  /** Never sent, for example an SMS to a landline. */
  'suppressed',
  'cancelled',
  /** The provider had accepted it and could not deliver it. */
  'bounced',
  /** The person has followed its link. */
  'accepted',
] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** How far the invitation of a person came, by the newest message on each channel; the best of them counts. */
export const INVITED = ['pending', 'delivered', 'bounced', 'accepted'] as const;
export type Invited = (typeof INVITED)[number];

/** The states that support staff may retry. */
export const RETRYABLE_STATES: readonly InvitationState[] = ['failed', 'bounced'];

/** The classes of failures that a retry selects. */
export const FAILURE_CLASSES = [
  /** The next try may succeed: the provider was unavailable, or the telephone switched off. */
  'transient',
  /** It fails again unless the address, the account or the text is fixed. */
  'permanent',
  /** It may have been sent; only with `includeUnconfirmed`. */
  'unconfirmed',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** The codes of transient failures. */
export const TRANSIENT_CODES: readonly ProblemCode[] = [
  'invitation.provider-unavailable',
  'invitation.undelivered',
  'invitation.refused-at-night',
  'invitation.allowed-again',
];
/** Failures of the address itself: a retry to the same one fails again, a correction sends by itself. */
export const CODES_TO_CORRECT: readonly ProblemCode[] = ['invitation.address-refused', 'invitation.bounced'];
/** Refused for the hour alone: sent again in the morning. */
export const REFUSED_AT_NIGHT_CODE: ProblemCode = 'invitation.refused-at-night';
/** The other channel has reached its person. */
export const NOT_NEEDED_CODE: ProblemCode = 'invitation.not-needed';
/** Its person has been sent something by another import. */
export const ELSEWHERE_CODE: ProblemCode = 'invitation.elsewhere';
/** Its person is deactivated. Once they are active again it is opened anew. */
export const DEACTIVATED_CODE: ProblemCode = 'person.deactivated';
/** People who have opted out are never sent a message. */
export const OPTED_OUT_CODE: ProblemCode = 'invitation.opted-out';

/** The state of the invitations of a set of rows on one channel; `code` is its reason, if any. */
export interface InvitationOutcome {
  channel: Channel;
  rows: RowSet;
  /** How many they are, in an import of several pages: `rows` names the first of them. */
  count?: number;
  state: InvitationState;
  code?: ProblemCode;
  /** Of those that are sent later: why, and the remaining time until the first of them may be due, in milliseconds. */
  deferred?: { because: DeferReason; forMs: number };
}

/** Some rows of an import on one channel: the input of the activities that send. */
export interface ChannelRows {
  importId: string;
  channel: Channel;
  rows: RowSet;
  /**
   * The workflow waits for what is deferred. One of an older build does not, and is asked to come back until this build takes over.
   */
  knowsDeferral?: true;
  /** They are a page of many, and only after several of them the whole import is read. The step returns `null`. */
  isPage?: true;
}

import { INVITATION_STATES } from '../../contract/invitation';
import type { InvitationState } from '../../contract/invitation';

/**
 * All transitions of an invitation: from which states, and to which. The ledger derives its compare-and-set from this table,
 * so no other transition can happen; the audit checks that none did.
 */
export const TRANSITIONS = {
  /** An attempt claims it. */
  claim: { from: ['pending'], to: 'sending' },
  /** The provider certainly did not process its request. */
  release: { from: ['sending'], to: 'pending' },
  /** The provider has accepted it. */
  accept: { from: ['sending'], to: 'sent' },
  /** The provider rejects it for good. */
  reject: { from: ['sending'], to: 'failed' },
  /** Its settle window is over, and its outcome is unknown. */
  doubt: { from: ['sending'], to: 'unconfirmed' },
  /** The provider was unavailable for too long. */
  giveUp: { from: ['pending'], to: 'failed' },
  /** There is no longer a reason to send it. */
  suppress: { from: ['pending'], to: 'suppressed' },
  /** Its import was cancelled. */
  cancel: { from: ['pending'], to: 'cancelled' },

  // A provider's report is true whatever our own state is. Reports come late, repeated and in any order, and the highest one
  // wins: each leads from every lower state. `reduce-reports.ts` has their order.
  reportAccepted: { from: ['pending', 'sending', 'unconfirmed', 'failed', 'suppressed', 'cancelled'], to: 'sent' },
  reportDelivered: {
    from: ['pending', 'sending', 'unconfirmed', 'failed', 'suppressed', 'cancelled', 'sent'],
    to: 'delivered',
  },
  reportBounced: {
    from: ['pending', 'sending', 'unconfirmed', 'failed', 'suppressed', 'cancelled', 'sent', 'delivered'],
    to: 'bounced',
  },
  /** It had been reported as failed for now. */
  reportDeliveredAfterAll: { from: ['bounced'], to: 'delivered' },

  /** The person has followed its link, so it has arrived, whatever our own state is. */
  join: { from: INVITATION_STATES.filter((state) => state !== 'accepted'), to: 'accepted' },
} as const satisfies Record<string, { from: readonly InvitationState[]; to: InvitationState }>;
export type Transition = keyof typeof TRANSITIONS;

/** Whether some transition leads from one state to the other. */
export const canFollow = (from: InvitationState, to: InvitationState): boolean =>
  Object.values(TRANSITIONS).some(
    (transition) => transition.to === to && (transition.from as readonly InvitationState[]).includes(from),
  );

/** The state after a transition; the same state if the transition is not possible. */
export const stateAfter = (state: InvitationState, transition: Transition): InvitationState =>
  (TRANSITIONS[transition].from as readonly InvitationState[]).includes(state) ? TRANSITIONS[transition].to : state;

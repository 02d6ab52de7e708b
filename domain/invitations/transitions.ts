import { INVITATION_STATES } from '../../contract/invitation';
import type { InvitationState } from '../../contract/invitation';

/**
 * All ways in which an invitation moves: from which states, and to which. The ledger makes its compare-and-set of this
 * table, so what is not here cannot happen, and the audit finds what has happened all the same.
 */
export const TRANSITIONS = {
  /** An attempt takes it for itself. */
  claim: { from: ['pending'], to: 'sending' },
  /** Its request is known not to have been processed. */
  release: { from: ['sending'], to: 'pending' },
  /** The provider has accepted it. */
  accept: { from: ['sending'], to: 'sent' },
  /** The provider refuses it for good. */
  reject: { from: ['sending'], to: 'failed' },
  /** Its settle window is over, and nobody can tell. */
  doubt: { from: ['sending'], to: 'unconfirmed' },
  /** It could not be sent for as long as we try. */
  giveUp: { from: ['pending'], to: 'failed' },
  /** There is no reason to send it any more. */
  suppress: { from: ['pending'], to: 'suppressed' },
  /** Its import was cancelled. */
  cancel: { from: ['pending'], to: 'cancelled' },

  // A provider's report is true whatever our own state says. Reports come late, repeated and in any order, and the highest
  // of them wins: each may come from every state that says less.
  reportAccepted: { from: ['pending', 'sending', 'unconfirmed', 'failed', 'suppressed', 'cancelled'], to: 'sent' },
  reportDelivered: {
    from: ['pending', 'sending', 'unconfirmed', 'failed', 'suppressed', 'cancelled', 'sent'],
    to: 'delivered',
  },
  reportBounced: {
    from: ['pending', 'sending', 'unconfirmed', 'failed', 'suppressed', 'cancelled', 'sent', 'delivered'],
    to: 'bounced',
  },

  /** The person has followed its link, so it has arrived, whatever our own state says. */
  join: { from: INVITATION_STATES.filter((state) => state !== 'accepted'), to: 'accepted' },
} as const satisfies Record<string, { from: readonly InvitationState[]; to: InvitationState }>;
export type Transition = keyof typeof TRANSITIONS;

/** Whether some move leads from one state to the other. */
export const canFollow = (from: InvitationState, to: InvitationState): boolean =>
  Object.values(TRANSITIONS).some((move) => move.to === to && (move.from as readonly InvitationState[]).includes(from));

/** Where an invitation is after a move; where it is now, if the move cannot be made from there. */
export const stateAfter = (state: InvitationState, move: Transition): InvitationState =>
  (TRANSITIONS[move].from as readonly InvitationState[]).includes(state) ? TRANSITIONS[move].to : state;

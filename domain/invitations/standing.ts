import { CHANNELS } from '../../contract/invitation';
import type { Channel, InvitationState } from '../../contract/invitation';

/** Whether a person was ever invited, over all imports and generations. */
export interface Standing {
  /**
   * An import has created the person, and certainly no message to them has reached a provider or will: all of its invitations
   * failed, were cancelled or were never staged. The next row that names such a person invites them.
   */
  neverInvited: boolean;
  /** The invitations that are still to be sent or to be settled. */
  underWay: readonly UnderWay[];
}

export interface UnderWay {
  channel: Channel;
  /** A `pending` one will go to the address that the person has then, a `sending` one may have gone to an older one. */
  state: Extract<InvitationState, 'pending' | 'sending'>;
  importId: string;
  line: number;
}

interface PersonFacts {
  /** The row that created the person; `null` if unknown, for example for people of a directory. */
  createdBy: { importId: string; line: number } | null;
  /** Whether the row that created the person is still being applied, so that its invitations may not be staged yet. */
  isBeingCreated: boolean;
  active: boolean;
  deactivated: boolean;
}

/** One generation of an invitation of any import. */
interface InvitationFacts {
  channel: Channel;
  state: InvitationState;
  importId: string;
  row: number;
}

/** The states in which a provider has, or may have, the message. A bounced one was sent, so a retry is for staff to decide. */
const MAY_BE_SENT: readonly InvitationState[] = ['sending', 'sent', 'delivered', 'unconfirmed', 'bounced', 'accepted'];

export const isUnderWay = (state: InvitationState): state is UnderWay['state'] =>
  state === 'pending' || state === 'sending';

/** Whether one of these invitations was sent, may have been, or is about to be. */
export const isInvited = (invitations: readonly Pick<InvitationFacts, 'state'>[]): boolean =>
  invitations.some(({ state }) => state === 'pending' || MAY_BE_SENT.includes(state));

/** The standing of a person with all their invitations, superseded ones included. */
export function standingOf(person: PersonFacts, invitations: readonly InvitationFacts[]): Standing {
  const { createdBy, isBeingCreated, active, deactivated } = person;
  const underWay = invitations.flatMap(({ channel, state, importId, row: line }): UnderWay[] =>
    isUnderWay(state) ? [{ channel, state, importId, line }] : [],
  );
  if (createdBy && isBeingCreated) {
    for (const channel of CHANNELS) {
      if (!underWay.some((one) => one.channel === channel)) underWay.push({ channel, state: 'pending', ...createdBy });
    }
  }
  const mayBeInvited = createdBy !== null && !isBeingCreated && !active && !deactivated;
  return { neverInvited: mayBeInvited && !isInvited(invitations), underWay };
}

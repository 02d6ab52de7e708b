import type { InvitationMessage } from '../providers/sender';
import type { InvitationDoc } from '../store/documents';
import type { ActivityDeps } from './deps';

export interface Composed {
  message: InvitationMessage;
  /** Whether the person has joined, or was deactivated by an administrator: there is nothing left to invite to. */
  joined: boolean;
}

/** Fetches what the messages of some invitations of one import say. One whose person was removed gets no message. */
export async function composeMessages(
  { store, settings }: Pick<ActivityDeps, 'store' | 'settings'>,
  invitations: InvitationDoc[],
): Promise<Composed[]> {
  const [first] = invitations;
  if (!first) return [];
  const [organisation, addressees] = await Promise.all([
    store.organisations.find(first.organisationId),
    store.people.addressees(invitations.map(({ personId }) => personId)),
  ]);
  return invitations.flatMap(({ _id, channel, personId, token }) => {
    const person = addressees.get(personId);
    if (!person) return [];
    const message = {
      id: _id,
      token,
      to: channel === 'email' ? person.email : person.mobile,
      firstName: person.firstName,
      organisationName: organisation?.name ?? '',
      link: `${settings.invitationUrl}${token}`,
    };
    return { message, joined: person.active || person.deactivatedAt !== undefined };
  });
}

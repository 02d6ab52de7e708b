import type { InvitationMessage } from '../providers/sender';
import type { InvitationDoc } from '../store/documents';
import type { ActivityDeps } from './deps';

/** Fetches what the messages of some invitations of one import say. One whose client was removed gets no message. */
export async function composeMessages(
  { store, settings }: Pick<ActivityDeps, 'store' | 'settings'>,
  invitations: InvitationDoc[],
): Promise<InvitationMessage[]> {
  const [first] = invitations;
  if (!first) return [];
  const [organisation, addressees] = await Promise.all([
    store.organisations.find(first.organisationId),
    store.clients.addressees(invitations.map(({ clientId }) => clientId)),
  ]);
  return invitations.flatMap(({ _id, channel, clientId, token }) => {
    const person = addressees.get(clientId);
    if (!person) return [];
    return {
      id: _id,
      token,
      to: channel === 'email' ? person.email : person.mobile,
      firstName: person.firstName,
      organisationName: organisation?.name ?? '',
      link: `${settings.invitationUrl}${token}`,
    };
  });
}

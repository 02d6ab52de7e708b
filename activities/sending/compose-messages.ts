import type { Channel } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import { toAsciiDomain } from '../../domain/person';
import type { InvitationMessage } from '../../providers/sender';
import type { InvitationDoc, OrganisationDoc } from '../../store/documents';
import type { Addressee } from '../../store/people/people';
import type { ActivityDeps } from '../deps';

export interface Composed {
  message: InvitationMessage;
  /** The reason not to send it: the person has joined, was deactivated or has opted out. */
  needless?: ProblemCode;
}

/** What a step has read before, or written itself. */
export interface KnownForMessages {
  organisation: OrganisationDoc | null;
  addressees: ReadonlyMap<string, Addressee>;
}

/**
 * Composes the messages of invitations of one import. Invitations whose person was removed get none. Reads the organisation and the
 * people unless they are known.
 */
export async function composeMessages(
  { store, settings }: Pick<ActivityDeps, 'store' | 'settings'>,
  invitations: InvitationDoc[],
  known?: KnownForMessages,
): Promise<Composed[]> {
  const [first] = invitations;
  if (!first) return [];
  const [organisation, addressees] = await Promise.all([
    known ? known.organisation : store.organisations.find(first.organisationId),
    known ? known.addressees : store.people.addressees(invitations.map(({ personId }) => personId)),
  ]);
  return invitations.flatMap(({ _id, channel, personId, token }) => {
    const person = addressees.get(personId);
    if (!person) return [];
    const message = {
      id: _id,
      token,
      to: channel === 'email' ? (toAsciiDomain(person.email) ?? person.email) : person.mobile,
      firstName: person.firstName,
      organisationName: organisation?.name ?? '',
      link: `${settings.invitationUrl}${token}`,
    };
    const needless = whyNeedless(person, channel);
    return { message, ...(needless && { needless }) };
  });
}

function whyNeedless({ active, deactivatedAt, optedOut }: Addressee, channel: Channel): ProblemCode | undefined {
  if (deactivatedAt) return 'person.deactivated';
  if (active) return 'invitation.already-accepted';
  return optedOut?.includes(channel) ? 'invitation.opted-out' : undefined;
}

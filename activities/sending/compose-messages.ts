import { DEACTIVATED_CODE } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { ProblemCode } from '../../contract/problem-codes';
import { createTextChooser } from '../../domain/message-texts/choose-text';
import { DEFAULT_LANGUAGE } from '../../domain/message-texts/languages';
import { toAsciiDomain } from '../../domain/person';
import { quietHoursOf } from '../../domain/sending-times/quiet-hours';
import type { InvitationMessage, SenderIdentity } from '../../providers/sender';
import type { InvitationDoc, OrganisationDoc } from '../../store/documents';
import type { Addressee } from '../../store/people/people';
import type { ActivityDeps } from '../deps';
import { createAwakeFrom } from './times/awake-from';

export interface Composed {
  message: InvitationMessage;
  /** The line of its person. */
  row: number;
  channel: Channel;
  /** Whether there are hours in which it is not sent. */
  keepsQuietHours: boolean;
  /** The first moment from `at` on outside of these hours, wherever its person may be. */
  awakeFrom: (at: Date) => Date;
  /** Its provider takes it no earlier. */
  notBefore?: Date;
  /** The first channel may reach its person until then. */
  waitsUntil?: Date;
  /** The reason not to send it: the person has joined, was deactivated, has opted out, or was reached on the first channel. */
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
  const texts = createTextChooser(
    organisation?.language ?? DEFAULT_LANGUAGE,
    organisation ? await store.messageTexts.current(organisation) : new Map(),
  );
  const identity = identityOf(organisation);
  const awakeFrom = createAwakeFrom(organisation);
  const quietHours = {
    email: quietHoursOf(organisation, 'email', settings.quietHours),
    sms: quietHoursOf(organisation, 'sms', settings.quietHours),
  };
  const composed = invitations.flatMap(({ _id, channel, personId, token, row, deferred }) => {
    const person = addressees.get(personId);
    if (!person) return [];
    const message: InvitationMessage = {
      id: _id,
      token,
      to: channel === 'email' ? (toAsciiDomain(person.email) ?? person.email) : person.mobile,
      firstName: person.firstName,
      lastName: person.lastName,
      organisationName: organisation?.name ?? '',
      link: `${settings.invitationUrl}${token}`,
      text: texts[channel](person.language),
      ...(channel === 'email' && { ...identity, unsubscribeUrl: `${settings.unsubscribeUrl}${token}` }),
    };
    const needless = whyNeedless(person, channel);
    const hours = quietHours[channel];
    return {
      ...{ message, row, channel },
      keepsQuietHours: hours !== null,
      // Nobody writes where they live into an address of e-mail; the number of the same person may tell.
      awakeFrom: hours ? awakeFrom(person.mobile, hours) : AT_ONCE,
      ...(deferred?.because === 'refused-at-night' && { notBefore: deferred.until }),
      ...(needless && { needless }),
    };
  });
  return byText(composed);
}

/** Brings messages of one text together, since a request to SendGrid carries one text. Otherwise their order stays. */
function byText(composed: Composed[]): Composed[] {
  const texts = new Map(composed.map(({ message: { text } }) => [text, [] as Composed[]]));
  // One for each channel, as most files have.
  if (texts.size <= 2) return composed;
  for (const one of composed) texts.get(one.message.text)!.push(one);
  return [...texts.values()].flat();
}

/** The same object for all messages of a step: senders make what is the same for many once. */
function identityOf(organisation: OrganisationDoc | null): { identity?: SenderIdentity } {
  const { senderName = null, replyTo = null } = organisation ?? {};
  if (senderName === null && replyTo === null) return {};
  return { identity: { ...(senderName !== null && { name: senderName }), ...(replyTo !== null && { replyTo }) } };
}

const AT_ONCE = (at: Date): Date => at;

function whyNeedless({ active, deactivatedAt, optedOut }: Addressee, channel: Channel): ProblemCode | undefined {
  if (deactivatedAt) return DEACTIVATED_CODE;
  if (active) return 'invitation.already-accepted';
  return optedOut?.includes(channel) ? 'invitation.opted-out' : undefined;
}

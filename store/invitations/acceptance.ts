import type { ClientSession } from 'mongodb';
import type { InvitationState } from '../../contract/invitation';
import type { PersonKind } from '../../domain/person';
import type { Collections, InvitationDoc, PersonDoc } from '../documents';
import { DEFAULT_SETTINGS } from '../organisation-settings';
import { markToWake, wakeWaitingFor } from '../imports/outbox';
import type { Mongo } from '../mongo';
import { transitionFilter, transitionUpdate } from './transition-update';

const DAY_MS = 86_400_000;

/** What becomes of somebody who follows the link of an invitation. */
export type Acceptance =
  /** Nothing was ever sent that has this token. */
  | { kind: 'unknown' }
  /** The person was removed or deactivated since. */
  | { kind: 'withdrawn' }
  /** A newer invitation was sent to the person on the same channel: only its link works. */
  | { kind: 'replaced' }
  | { kind: 'expired' }
  | AcceptedInvitation;

export interface AcceptedInvitation {
  kind: 'accepted';
  organisationName: string;
  personKind: PersonKind;
  /** Whether it was this that made the person active. */
  becameActive: boolean;
  /** The imports whose invitations have changed. */
  importIds: string[];
}

/** The states of an invitation that has, or may have, left us. */
const MAY_BE_SENT: InvitationState[] = ['sending', 'sent', 'delivered', 'unconfirmed', 'bounced', 'accepted'];

/** Invitations are accepted by whoever shows the token of the link, which nobody but the addressee was sent. */
export function createAcceptance(
  { organisations, imports, rows, people, invitations }: Collections,
  transaction: Mongo['transaction'],
) {
  return {
    /**
     * Makes the person of an invitation active. The person, this invitation and those that are not sent yet change
     * together or not at all, and a step that sends or retries one of them at the same moment comes before or after.
     */
    async accept(token: string, now = new Date()): Promise<Acceptance> {
      let result: Acceptance = { kind: 'unknown' };
      await transaction(async (session) => {
        result = await decide(token, now, session);
      });
      return result;
    },
  };

  async function decide(token: string, now: Date, session: ClientSession): Promise<Acceptance> {
    const invitation = await invitations.findOne({ token }, { session });
    // One that was claimed but known not to be processed counts as well: who shows its token has got it all the same.
    if (!invitation || invitation.attempts === 0) return { kind: 'unknown' };
    const { organisationId, personId, channel } = invitation;
    const person = await people.findOne({ _id: personId, organisationId }, { session });
    const organisation = await organisations.findOne({ _id: organisationId }, { session });
    if (!organisation || !person || person.deactivatedAt) return { kind: 'withdrawn' };
    if (invitation.state !== 'accepted') {
      const others = await invitations.find({ personId, channel, state: { $in: MAY_BE_SENT } }, { session }).toArray();
      if (others.some((other) => isNewer(other, invitation))) return { kind: 'replaced' };
      const days = organisation.invitationDays ?? DEFAULT_SETTINGS.invitationDays;
      if (now.getTime() > sentAt(invitation) + days * DAY_MS) return { kind: 'expired' };
    }
    return {
      kind: 'accepted',
      organisationName: organisation.name,
      personKind: person.kind,
      ...(await applyAcceptance(invitation, person, session)),
    };
  }

  async function applyAcceptance(
    { _id, importId, personId, state }: InvitationDoc,
    { active, kind, teamIds, organisationId }: PersonDoc,
    session: ClientSession,
  ): Promise<Pick<AcceptedInvitation, 'becameActive' | 'importIds'>> {
    if (state === 'accepted' && active) return { becameActive: false, importIds: [] };
    if (state !== 'accepted') {
      await invitations.updateOne(
        transitionFilter('join', { _id }),
        transitionUpdate('join', {}, ['code', 'providerCode']),
        {
          session,
        },
      );
    }
    const { modifiedCount } = await people.updateOne(
      { _id: personId, active: false },
      { $set: { active: true }, $currentDate: { activeSince: true } },
      { session },
    );
    const unsent = { personId, state: 'pending' as const };
    const importIds = [...new Set([importId, ...(await invitations.distinct('importId', unsent, { session }))])];
    await invitations.updateMany(unsent, transitionUpdate('suppress', { code: 'invitation.already-accepted' }), {
      session,
    });
    await markToWake({ imports }, importIds, { session });
    const becameActive = modifiedCount === 1;
    if (becameActive && kind === 'staff') await wakeWaitingFor({ imports, rows }, organisationId, teamIds, session);
    return { becameActive, importIds };
  }
}

const sentAt = ({ attempt, changedAt }: InvitationDoc): number => (attempt?.claimedAt ?? changedAt).getTime();

/** Of one row the generation tells, whatever the clocks of those who wrote it say. */
function isNewer(other: InvitationDoc, one: InvitationDoc): boolean {
  if (other.importId === one.importId && other.row === one.row) return other.generation > one.generation;
  const apart = other.createdAt.getTime() - one.createdAt.getTime();
  return apart === 0 ? other._id > one._id : apart > 0;
}

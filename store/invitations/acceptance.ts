import type { ClientSession } from 'mongodb';
import type { InvitationState } from '../../contract/invitation';
import { NEEDS_ATTENTION_STATES } from '../../contract/progress';
import type { PersonKind } from '../../domain/person';
import type { Collections, InvitationDoc, OrganisationDoc, PersonDoc } from '../documents';
import { DEFAULT_SETTINGS } from '../organisation-settings';
import { markToWake, wakeWaitingFor } from '../imports/outbox';
import { countsChanged } from '../imports/progress';
import type { Mongo } from '../mongo';
import { addFollowed, findFollowed, leaveToNextStep } from './first-sends';
import { transitionFilter, transitionUpdate } from './transition-update';

const DAY_MS = 86_400_000;

/** Why the link of an invitation cannot be followed. */
type Unusable =
  /** No sent invitation has this token. */
  | { kind: 'unknown' }
  | { kind: 'withdrawn' }
  /** A newer invitation was sent on the same channel: only its link works. */
  | { kind: 'replaced' }
  | { kind: 'expired' };

/** The result of following the link of an invitation. */
export type Acceptance = Unusable | AcceptedInvitation;

/** What a link is good for, before it is followed. Without the organisation where that is gone, or tells more than the message did. */
export interface LinkState {
  kind: Unusable['kind'] | 'open' | 'accepted';
  organisationName?: string;
}

export interface AcceptedInvitation {
  kind: 'accepted';
  organisationName: string;
  personKind: PersonKind;
  /** Whether the person was inactive before. */
  becameActive: boolean;
  /** The imports whose invitations have changed. */
  importIds: string[];
}

interface Linked {
  invitation: InvitationDoc;
  person: PersonDoc;
  organisation: OrganisationDoc;
}

/** The states of an invitation that was, or may have been, sent. */
const MAY_BE_SENT: InvitationState[] = ['sending', 'sent', 'delivered', 'unconfirmed', 'bounced', 'accepted'];

/** Acceptance of invitations. The token of a link is proof enough, since only the addressee was sent it. */
export function createAcceptance(
  { organisations, imports, rows, people, invitations, firstSends }: Collections,
  transaction: Mongo['transaction'],
) {
  return {
    /** Looks at a link without following it: nothing is written, so programs that open every link of a message do no harm. */
    async look(token: string, now = new Date()): Promise<LinkState> {
      const found = await lookAt(token, now);
      if (found.kind !== 'unknown') return found;
      const importId = await findFollowed(firstSends, token);
      // The step may have stored it meanwhile.
      if (importId === undefined) return lookAt(token, now);
      const importDoc = await imports.findOne({ _id: importId });
      const organisation = importDoc && (await organisations.findOne({ _id: importDoc.organisationId }));
      return organisation ? { kind: 'open', organisationName: organisation.name } : { kind: 'withdrawn' };
    },

    /**
     * Activates the person of an invitation. The person, this invitation and the person's unsent ones change in one
     * transaction, which serializes with concurrent sends and retries.
     */
    async accept(token: string, now = new Date()): Promise<Acceptance> {
      let result: Acceptance = { kind: 'unknown' };
      let joined: string[] = [];
      const follow = async (): Promise<void> => {
        await transaction(async (session) => {
          ({ result, joined } = await decide(token, now, session));
        });
        await leaveToNextStep({ firstSends, invitations, rows }, joined);
      };
      await follow();
      // It may have arrived before the answer of its provider is recorded, or the step that sent it has died.
      if (result.kind !== 'unknown') return result;
      await addFollowed({ firstSends, invitations, rows }, token);
      // Also if that found nothing: the step may have stored it meanwhile.
      await follow();
      return result;
    },
  };

  async function decide(
    token: string,
    now: Date,
    session: ClientSession,
  ): Promise<{ result: Acceptance; joined: string[] }> {
    const found = await findLinked(token, session);
    if (!('invitation' in found)) return { result: found, joined: [] };
    const { invitation, person, organisation } = found;
    const obstacle = await obstacleTo(found, now, session);
    if (obstacle) return { result: obstacle, joined: [] };
    const applied = await applyAcceptance(invitation, person, session);
    const { name: organisationName } = organisation;
    return {
      result: { kind: 'accepted', organisationName, personKind: person.kind, ...applied },
      joined: [person._id],
    };
  }

  async function lookAt(token: string, now: Date): Promise<LinkState> {
    const found = await findLinked(token);
    if (!('invitation' in found)) return found;
    const { name: organisationName } = found.organisation;
    // Perhaps by the link of another message: there is nothing left to accept.
    if (found.person.active) return { kind: 'accepted', organisationName };
    const { kind } = (await obstacleTo(found, now)) ?? { kind: 'open' as const };
    return { kind, organisationName };
  }

  /** What belongs to a token, or why it is good for nothing. */
  async function findLinked(token: string, session?: ClientSession): Promise<Linked | Unusable> {
    const options = session ? { session } : {};
    const invitation = await invitations.findOne({ token }, options);
    // A claimed invitation counts even if it was released: its token proves that it arrived.
    if (!invitation || invitation.attempts === 0) return { kind: 'unknown' };
    const { organisationId, personId } = invitation;
    const person = await people.findOne({ _id: personId, organisationId }, options);
    const organisation = await organisations.findOne({ _id: organisationId }, options);
    if (!organisation || !person || person.deactivatedAt) return { kind: 'withdrawn' };
    return { invitation, person, organisation };
  }

  /** Why an invitation that is not accepted yet cannot be. */
  async function obstacleTo(
    { invitation, organisation }: Linked,
    now: Date,
    session?: ClientSession,
  ): Promise<Unusable | undefined> {
    if (invitation.state === 'accepted') return undefined;
    const { personId, channel } = invitation;
    const sent = { personId, channel, state: { $in: MAY_BE_SENT } };
    const others = await invitations.find(sent, session ? { session } : {}).toArray();
    if (others.some((other) => isNewer(other, invitation))) return { kind: 'replaced' };
    const days = organisation.invitationDays ?? DEFAULT_SETTINGS.invitationDays;
    return now.getTime() > sentAt(invitation) + days * DAY_MS ? { kind: 'expired' } : undefined;
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
      await countsChanged({ imports }, [importId], session);
    }
    const { modifiedCount } = await people.updateOne(
      { _id: personId, active: false },
      { $set: { active: true }, $currentDate: { activeSince: true } },
      { session },
    );
    const unsent = { personId, state: 'pending' as const };
    const others = await invitations.distinct('importId', unsent, { session });
    const importIds = [...new Set([importId, ...others])];
    await invitations.updateMany(unsent, transitionUpdate('suppress', { code: 'invitation.already-accepted' }), {
      session,
    });
    // Nothing waits for a message that had arrived.
    await markToWake({ imports }, isAwaited(state) ? importIds : others, { session });
    const becameActive = modifiedCount === 1;
    if (becameActive && kind === 'staff') await wakeWaitingFor({ imports, rows }, organisationId, teamIds, session);
    return { becameActive, importIds };
  }
}

/** It was to be sent, or staff were to look after it. */
const isAwaited = (state: InvitationState): boolean => state === 'pending' || NEEDS_ATTENTION_STATES.includes(state);

const sentAt = ({ attempt, changedAt }: InvitationDoc): number => (attempt?.claimedAt ?? changedAt).getTime();

/** Compares generations within one row, since the clocks of their writers may differ. */
function isNewer(other: InvitationDoc, invitation: InvitationDoc): boolean {
  if (other.importId === invitation.importId && other.row === invitation.row)
    return other.generation > invitation.generation;
  const difference = other.createdAt.getTime() - invitation.createdAt.getTime();
  return difference === 0 ? other._id > invitation._id : difference > 0;
}

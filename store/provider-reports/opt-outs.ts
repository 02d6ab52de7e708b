import type { Document, UpdateFilter } from 'mongodb';
import { OPTED_OUT_CODE } from '../../contract/invitation';
import { missingMark, reduceOptOuts } from '../../domain/invitations/opt-outs';
import type { OptOutMark } from '../../domain/invitations/opt-outs';
import type { ProviderReport } from '../../domain/invitations/provider-report';
import type { Collections, InvitationDoc, PersonDoc } from '../documents';
import { transitionUpdate } from '../invitations/transition-update';
import { reduceAll } from './compare-and-set';

type Invited = Pick<InvitationDoc, '_id' | 'personId'>;
type Owner = Pick<PersonDoc, '_id' | 'email' | 'mobile' | 'optedOut' | 'optOutEvents'> & { reports: ProviderReport[] };
type Marked = Pick<InvitationDoc, '_id' | 'importId' | 'state' | 'code'> & { mark: OptOutMark };

/** The opt-outs that providers report, and their effect on invitations. */
export function createOptOuts({ people, invitations }: Pick<Collections, 'people' | 'invitations'>) {
  return {
    /** Writes opt-outs, given the invitations that they name. Returns the ids of the people who sent them. */
    async apply(optOuts: ProviderReport[], invited: Invited[]): Promise<string[]> {
      if (optOuts.length === 0) return [];
      const ownerIds = new Set<string>();
      const fields = ['email', 'mobile', 'optedOut', 'optOutEvents'] as const;
      await reduceAll<PersonDoc, Owner>(
        people,
        fields,
        () => readOwners(optOuts, invited),
        (owner) => {
          ownerIds.add(owner._id);
          const reduced = reduceOptOuts(owner, owner.reports, new Date());
          return reduced && { $set: reduced };
        },
      );
      return [...ownerIds];
    },

    /**
     * Makes the invitations of these people agree with their opt-outs. Returns the ids of the changed imports. A mark depends
     * on two documents, so `settles` lets the last of two concurrent writers see both.
     */
    async mark(personIds: string[]): Promise<string[]> {
      const importIds = new Set<string>();
      const mark = ({ importId, mark: missing }: Marked): UpdateFilter<InvitationDoc> | Document[] => {
        importIds.add(importId);
        if (missing === 'suppress') return transitionUpdate('suppress', { code: OPTED_OUT_CODE });
        return missing.code ? { $set: { code: missing.code } } : { $unset: { code: '' } };
      };
      const fields = ['state', 'code'] as const;
      await reduceAll<InvitationDoc, Marked>(invitations, fields, () => readMarked(personIds), mark, { settles: true });
      return [...importIds];
    },
  };

  /** The invited people, and those with the number of a STOP by SMS, which several people may share. */
  async function readOwners(optOuts: ProviderReport[], invited: Invited[]): Promise<Owner[]> {
    const ids = invited.map(({ personId }) => personId);
    const mobiles = optOuts.flatMap(({ address }) => address ?? []);
    const owners = await people
      .find({ $or: [{ _id: { $in: ids } }, { mobile: { $in: mobiles } }] })
      .project<Omit<Owner, 'reports'>>({ email: 1, mobile: 1, optedOut: 1, optOutEvents: 1 })
      .toArray();
    // An opt-out at an old address does not apply to the new one. Read after the owners, so that a correction in between makes
    // the compare-and-set fail.
    const among = { _id: { $in: invited.map(({ _id }) => _id) } };
    const readdressed = await invitations.distinct('_id', { ...among, readdressedAt: { $exists: true } });
    const personOf = new Map(invited.map(({ _id, personId }) => [_id, personId]));
    readdressed.forEach((id) => personOf.delete(id));
    return owners.flatMap((owner) => {
      const reports = optOuts.filter(({ invitationId = '', address }) => {
        const personId = personOf.get(invitationId);
        return personId === undefined ? address === owner.mobile : personId === owner._id;
      });
      return reports.length > 0 ? [{ ...owner, reports }] : [];
    });
  }

  /** The invitations of these people that do not agree with their opt-outs. */
  async function readMarked(personIds: string[]): Promise<Marked[]> {
    if (personIds.length === 0) return [];
    const owners = await people
      .find({ _id: { $in: personIds }, 'optOutEvents.id': { $exists: true } })
      .project<Pick<PersonDoc, '_id' | 'optedOut' | 'optOutEvents'>>({ optedOut: 1, 'optOutEvents.channel': 1 })
      .toArray();
    if (owners.length === 0) return [];
    const newestFirst = await invitations
      .find({ personId: { $in: owners.map(({ _id }) => _id) }, superseded: false })
      .project<InvitationDoc>({ importId: 1, personId: 1, channel: 1, state: 1, code: 1 })
      .sort({ createdAt: -1, _id: -1 })
      .toArray();
    return newestFirst.flatMap((invitation) => {
      const { personId, channel } = invitation;
      const { optedOut = [], optOutEvents = [] } = owners.find(({ _id }) => _id === personId)!;
      if (!optOutEvents.some((event) => event.channel === channel)) return [];
      const newest = newestFirst.find((other) => other.personId === personId && other.channel === channel);
      const mark = missingMark(invitation, optedOut.includes(channel), invitation === newest);
      return mark ? [{ ...invitation, mark }] : [];
    });
  }
}

export const isOptOut = ({ kind }: ProviderReport): boolean => kind === 'opted-out' || kind === 'opted-in';

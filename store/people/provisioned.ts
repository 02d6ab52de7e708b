import type { Filter } from 'mongodb';
import type { Collections, PersonDoc } from '../documents';
import type { Mongo } from '../mongo';
import { ACTIVE_AGAIN, withdraw } from './withdrawals';

/** What an identity provider calls a client. Absent parts stay as they are; `null` removes. */
export interface ProvisioningNames {
  externalId?: string | null;
  userName?: string;
  userNameKey?: string;
}

type Parts = Pick<Collections, 'imports' | 'rows' | 'people' | 'invitations' | 'firstSends'>;

/** Clients as identity providers keep them, by SCIM. */
export function createProvisioned(collections: Parts, transaction: Mongo['transaction']) {
  const { people } = collections;
  const client = (organisationId: string, more: Filter<PersonDoc>): Filter<PersonDoc> => ({
    ...{ organisationId, kind: 'client' },
    ...more,
  });

  return {
    /** Whoever has this name, or this address: also staff, who have the address for themselves. */
    findHolder: (organisationId: string, key: string): Promise<PersonDoc | null> =>
      people.findOne({ organisationId, $or: [{ 'provisioning.userNameKey': key }, { emailKey: key }] }),

    /** Those with this name or this address. A name goes before an address. */
    async byUserName(organisationId: string, key: string): Promise<PersonDoc[]> {
      const named = await people.find(client(organisationId, { 'provisioning.userNameKey': key })).toArray();
      if (named.length > 0) return named;
      const ofAddress = { emailKey: key, 'provisioning.userNameKey': { $exists: false } };
      return people.find(client(organisationId, ofAddress)).toArray();
    },

    byExternalId: (organisationId: string, externalId: string): Promise<PersonDoc[]> =>
      people.find(client(organisationId, { 'provisioning.externalId': externalId })).toArray(),

    byAddress: (organisationId: string, key: string): Promise<PersonDoc[]> =>
      people.find(client(organisationId, { emailKey: key })).toArray(),

    /** In E.164. */
    byMobile: (organisationId: string, mobile: string): Promise<PersonDoc[]> =>
      people.find(client(organisationId, { mobile })).toArray(),

    count: (organisationId: string): Promise<number> => people.countDocuments(client(organisationId, {})),

    /** The oldest first. */
    page: (organisationId: string, skip: number, limit: number): Promise<PersonDoc[]> =>
      people.find(client(organisationId, {})).sort({ createdAt: 1, _id: 1 }).skip(skip).limit(limit).toArray(),

    /** All clients, the oldest first, some at a time. */
    all: (organisationId: string): AsyncIterable<PersonDoc> =>
      people.find(client(organisationId, {})).sort({ createdAt: 1, _id: 1 }),

    /**
     * Keeps the names. Throws a duplicate-key error if another client has the name. Names that are kept already change nothing, and those of
     * a new client are a part of the creation.
     */
    async name(
      organisationId: string,
      id: string,
      { externalId, ...names }: ProvisioningNames,
      { isNew = false } = {},
    ): Promise<void> {
      const given = { ...names, ...(typeof externalId === 'string' && { externalId }) };
      const set = Object.fromEntries(Object.entries(given).map(([key, value]) => [`provisioning.${key}`, value]));
      const update = {
        ...(Object.keys(set).length > 0 && { $set: set }),
        ...(externalId === null && { $unset: { 'provisioning.externalId': '' as const } }),
      };
      if (Object.keys(update).length === 0) return;
      const kept = {
        ...set,
        ...(externalId === null && { 'provisioning.externalId': { $exists: false } }),
      };
      const noting = isNew ? {} : { $currentDate: { changedAt: true as const } };
      await people.updateOne(client(organisationId, { _id: id, $nor: [kept] }), { ...update, ...noting });
    },

    /** Withdraws a client: the links of sent invitations stop working, and unsent ones are suppressed. Idempotent. */
    deactivate: (organisationId: string, _id: string): Promise<void> =>
      withdraw(collections, transaction, { _id, organisationId, kind: 'client' }),

    /**
     * Takes a withdrawal back in part: the links work again, and who had joined has joined, but what was stopped stays so until
     * `withdrawals.takeBack`. In between a client can be corrected, so that no message goes to a former address. Idempotent.
     */
    async reactivate(organisationId: string, id: string): Promise<void> {
      await people.updateOne(client(organisationId, { _id: id, deactivatedAt: { $exists: true } }), ACTIVE_AGAIN);
    },
  };
}

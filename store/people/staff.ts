import { emailKey } from '../../domain/person';
import type { Collections, PersonDoc } from '../documents';
import { wakeWaitingFor } from '../imports/outbox';
import type { Mongo } from '../mongo';
import { withdraw } from './withdrawals';

interface NamedStaff {
  ids: string[];
  /** The names without a staff member, as typed. */
  unknown: string[];
}

/** Staff, and whether they are active. */
export function createStaff(
  collections: Pick<Collections, 'imports' | 'rows' | 'people' | 'invitations' | 'firstSends'>,
  transaction: Mongo['transaction'],
) {
  const { imports, rows, people } = collections;
  const find = (organisationId: string, id: string): Promise<PersonDoc | null> =>
    people.findOne({ _id: id, organisationId, kind: 'staff' });

  return {
    find,

    /** Finds staff members by id or address. */
    async named(organisationId: string, names: readonly string[]): Promise<NamedStaff> {
      const keyOf = (name: string): string => emailKey(name.trim());
      const members = await people
        .find({
          organisationId,
          kind: 'staff',
          $or: [{ _id: { $in: [...names] } }, { emailKey: { $in: names.map(keyOf) } }],
        })
        .project<Pick<PersonDoc, '_id' | 'emailKey'>>({ emailKey: 1 })
        .toArray();
      const isMeant = (name: string) => (person: Pick<PersonDoc, '_id' | 'emailKey'>) =>
        person._id === name || person.emailKey === keyOf(name);
      return {
        ids: members.map((person) => person._id),
        unknown: names.filter((name) => !members.some(isMeant(name))),
      };
    },

    /** Activates a staff member without an invitation. Idempotent. */
    async activate(organisationId: string, id: string): Promise<PersonDoc | null> {
      await transaction(async (session) => {
        const member = await people.findOneAndUpdate(
          { _id: id, organisationId, kind: 'staff', active: false },
          { $set: { active: true }, $currentDate: { activeSince: true }, $unset: { deactivatedAt: '' } },
          { session },
        );
        if (member) await wakeWaitingFor({ imports, rows }, organisationId, member.teamIds, session);
      });
      return find(organisationId, id);
    },

    /** Deactivates a staff member: the links of sent invitations stop working, and unsent ones are suppressed. */
    async deactivate(organisationId: string, id: string): Promise<PersonDoc | null> {
      await withdraw(collections, transaction, { _id: id, organisationId, kind: 'staff' });
      return find(organisationId, id);
    },
  };
}

import type { ClientSession, Filter } from 'mongodb';
import { emailKey } from '../../domain/person';
import type { Collections, PersonDoc } from '../documents';
import { markToWake, wakeWaitingFor } from '../imports/outbox';
import type { Mongo } from '../mongo';
import { transitionFilter, transitionUpdate } from '../invitations/transition-update';

interface NamedStaff {
  ids: string[];
  /** The names without a staff member, as typed. */
  unknown: string[];
}

/** Staff, and whether they are active. */
export function createStaff(
  { imports, rows, people, invitations }: Pick<Collections, 'imports' | 'rows' | 'people' | 'invitations'>,
  transaction: Mongo['transaction'],
) {
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
      await transaction((session) =>
        withdraw({ imports, people, invitations }, { _id: id, organisationId, kind: 'staff' }, session),
      );
      return find(organisationId, id);
    },
  };
}

/** Deactivates the person whom the filter finds, unless they are, and suppresses the unsent invitations to them. */
export async function withdraw(
  { imports, people, invitations }: Pick<Collections, 'imports' | 'people' | 'invitations'>,
  person: Filter<PersonDoc> & Pick<PersonDoc, '_id'>,
  session: ClientSession,
): Promise<void> {
  const { matchedCount } = await people.updateOne(
    { ...person, deactivatedAt: { $exists: false } },
    { $set: { active: false }, $currentDate: { deactivatedAt: true } },
    { session },
  );
  if (matchedCount === 0) return;
  const unsent = transitionFilter('suppress', { personId: person._id });
  const importIds = await invitations.distinct('importId', unsent, { session });
  await invitations.updateMany(unsent, transitionUpdate('suppress', { code: 'person.deactivated' }), { session });
  await markToWake({ imports }, importIds, { session });
}

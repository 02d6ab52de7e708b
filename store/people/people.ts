import type { Channel } from '../../contract/invitation';
import type { KnownPerson, PersonValues } from '../../domain/person';
import type { Collections, PersonDoc } from '../documents';
import { insertMissing } from '../duplicates';

type Newcomer = PersonValues & Pick<PersonDoc, '_id' | 'organisationId' | 'importId' | 'row'>;

/** A change of somebody who is there, by a row: the fields that it changes and no others. */
interface PersonUpdate {
  personId: string;
  fields: Partial<PersonValues>;
  by: { importId: string; row: number };
}

/** What a message needs to know of a person, and whether there is still a reason to send one. */
export type Addressee = Pick<PersonDoc, 'firstName' | 'email' | 'mobile' | 'active' | 'deactivatedAt' | 'optedOut'>;

const known = ({ _id, importId, row, createdAt, active, deactivatedAt, ...values }: PersonDoc): KnownPerson => ({
  ...values,
  id: _id,
  active: active || deactivatedAt !== undefined,
  importId,
  line: row,
  since: createdAt.toISOString().slice(0, 10),
});

/** Forgets a person's opt-outs at an address that is no longer theirs: they say nothing about another one. */
export const clearOptOuts = (channels: Channel[]) => ({
  $pullAll: { optedOut: channels },
  $pull: { optOutEvents: { channel: { $in: channels } } },
});

/** The people of all organisations: clients and staff. */
export function createPeople({ people }: Pick<Collections, 'people'>) {
  const holdersOf = async (organisationId: string, emailKeys: string[]): Promise<Map<string, KnownPerson>> => {
    if (emailKeys.length === 0) return new Map();
    const found = await people.find({ organisationId, emailKey: { $in: emailKeys } }).toArray();
    return new Map(found.map((person) => [person.emailKey, known(person)]));
  };

  return {
    /** Who has these addresses, by e-mail key. */
    findByEmail: holdersOf,

    /**
     * Creates people in one unordered bulk write. Those that are there from an earlier try of the same row count as
     * created; those whose address somebody else took first come back, by id, with its holder.
     */
    async create(organisationId: string, newcomers: Newcomer[]): Promise<Map<string, KnownPerson>> {
      const createdAt = new Date();
      const collided = await insertMissing(
        people,
        newcomers.map((person) => ({ ...person, createdAt, active: false })),
      );
      const doubtful = collided.map((index) => newcomers[index]!);
      const holders = await holdersOf(
        organisationId,
        doubtful.map(({ emailKey }) => emailKey),
      );
      return new Map(
        doubtful.flatMap(({ _id, emailKey }) => {
          const holder = holders.get(emailKey);
          if (!holder) throw new Error('An address was taken and set free again while it was written');
          return holder.id === _id ? [] : [[_id, holder] as const];
        }),
      );
    },

    /** Changes people in one bulk write; doing so twice changes nothing more. */
    async update(organisationId: string, updates: PersonUpdate[]): Promise<void> {
      if (updates.length === 0) return;
      await people.bulkWrite(
        updates.map(({ personId, fields, by }) => ({
          updateOne: {
            filter: { _id: personId, organisationId },
            update: { $set: { ...fields, updatedBy: by }, ...(fields.mobile !== undefined && clearOptOuts(['sms'])) },
          },
        })),
        { ordered: false },
      );
    },

    /** The lines of an import whose rows have created or changed somebody. */
    async writtenBy(importId: string): Promise<Set<number>> {
      const found = await people
        .find({ $or: [{ importId }, { 'updatedBy.importId': importId }] })
        .project<Pick<PersonDoc, 'importId' | 'row' | 'updatedBy'>>({ importId: 1, row: 1, updatedBy: 1 })
        .toArray();
      return new Set(
        found.flatMap((person) => [
          ...(person.importId === importId && person.row !== null ? [person.row] : []),
          ...(person.updatedBy?.importId === importId ? [person.updatedBy.row] : []),
        ]),
      );
    },

    /** Which of these people are there. */
    async present(personIds: string[]): Promise<Set<string>> {
      return new Set(await people.distinct('_id', { _id: { $in: personIds } }));
    },

    /** Notes that a provider refused messages to these people because they have opted out of the channel. */
    async optOut(personIds: string[], channel: Channel): Promise<void> {
      if (personIds.length === 0) return;
      await people.updateMany({ _id: { $in: personIds } }, { $addToSet: { optedOut: channel } });
    },

    async addressees(personIds: string[]): Promise<Map<string, Addressee>> {
      const found = await people
        .find(
          { _id: { $in: personIds } },
          { projection: { firstName: 1, email: 1, mobile: 1, active: 1, deactivatedAt: 1, optedOut: 1 } },
        )
        .toArray();
      return new Map(found.map((person) => [person._id, person]));
    },
  };
}

import type { Channel } from '../../contract/invitation';
import { standingOf } from '../../domain/invitations/standing';
import { valuesOf } from '../../domain/person';
import type { KnownPerson, PersonValues } from '../../domain/person';
import { idsOf } from '../documents';
import type { Collections, InvitationDoc, PersonDoc } from '../documents';
import { insertMissing } from '../duplicates';
import { findBeingCreated } from '../imports/rows';

type Newcomer = PersonValues & Pick<PersonDoc, '_id' | 'organisationId' | 'importId' | 'row'>;

/** The data of a person for a message, and for the decision to send it. */
export type Addressee = Pick<
  PersonDoc,
  'firstName' | 'lastName' | 'email' | 'mobile' | 'language' | 'active' | 'deactivatedAt' | 'optedOut'
>;

const toKnownPerson = (person: PersonDoc, invitations: StandingFacts[], isBeingCreated: boolean): KnownPerson => {
  const { _id, importId, row, createdAt, active, deactivatedAt, optedOut = [] } = person;
  return {
    ...valuesOf(person),
    ...standingOf(
      {
        createdBy: importId === null || row === null ? null : { importId, line: row },
        isBeingCreated,
        active,
        deactivated: deactivatedAt !== undefined,
      },
      invitations,
    ),
    id: _id,
    active: active || deactivatedAt !== undefined,
    deactivated: deactivatedAt !== undefined,
    optedOut,
    importId,
    line: row,
    since: createdAt.toISOString().slice(0, 10),
  };
};

type StandingFacts = Pick<InvitationDoc, 'personId' | 'channel' | 'state' | 'importId' | 'row'>;

/** Removes the opt-outs of a changed address, since they do not apply to the new one. */
export const clearOptOuts = (channels: Channel[]) => ({
  $pullAll: { optedOut: channels },
  $pull: { optOutEvents: { channel: { $in: channels } } },
});

export function createPeople({ people, invitations, rows }: Pick<Collections, 'people' | 'invitations' | 'rows'>) {
  const holdersOf = async (organisationId: string, emailKeys: string[]): Promise<Map<string, KnownPerson>> => {
    if (emailKeys.length === 0) return new Map();
    const holders = await people.find({ organisationId, emailKey: { $in: emailKeys } }).toArray();
    if (holders.length === 0) return new Map();
    const ids = holders.map(({ _id }) => _id);
    // Read before the invitations: a row stages its invitations before it stops being pending.
    const creating = new Set(await findBeingCreated({ rows }, ids));
    const facts = await invitations
      .find({ personId: { $in: ids } })
      .project<StandingFacts>({ personId: 1, channel: 1, state: 1, importId: 1, row: 1 })
      .toArray();
    const factsOf = new Map<string, StandingFacts[]>(ids.map((id) => [id, []]));
    for (const fact of facts) factsOf.get(fact.personId)!.push(fact);
    return new Map(
      holders.map((person) => [
        person.emailKey,
        toKnownPerson(person, factsOf.get(person._id)!, creating.has(person._id)),
      ]),
    );
  };

  return {
    /** Finds the people with these addresses, by e-mail key. */
    findByEmail: holdersOf,

    /**
     * Creates people in one unordered bulk write. People from an earlier try of the same row count as created. Returns the
     * holders of addresses that were taken already, by id of the person who was not created, and whether none was there before.
     */
    async create(
      organisationId: string,
      newcomers: Newcomer[],
    ): Promise<{ holders: Map<string, KnownPerson>; allNew: boolean }> {
      const createdAt = new Date();
      const collided = await insertMissing(
        people,
        newcomers.map((person) => ({ ...person, createdAt, active: false })),
      );
      const duplicates = collided.map((index) => newcomers[index]!);
      const byKey = await holdersOf(
        organisationId,
        duplicates.map(({ emailKey }) => emailKey),
      );
      const holders = new Map(
        duplicates.flatMap(({ _id, emailKey }) => {
          const holder = byKey.get(emailKey);
          if (!holder) throw new Error('An address was taken and released again while it was written');
          return holder.id === _id ? [] : [[_id, holder] as const];
        }),
      );
      return { holders, allNew: duplicates.length === 0 };
    },

    /** The lines of an import whose rows have created or changed a person. */
    async writtenBy(importId: string): Promise<Set<number>> {
      const written = await people
        // The id of a person begins with that of the import which created them.
        .find({ $or: [{ _id: idsOf(importId) }, { 'updatedBy.importId': importId }] })
        .project<Pick<PersonDoc, 'importId' | 'row' | 'updatedBy'>>({ importId: 1, row: 1, updatedBy: 1 })
        .toArray();
      return new Set(
        written.flatMap((person) => [
          ...(person.importId === importId && person.row !== null ? [person.row] : []),
          ...(person.updatedBy?.importId === importId ? [person.updatedBy.row] : []),
        ]),
      );
    },

    /** How many people have each of these mobiles, without those of an import and of these ids, and without the deactivated. */
    async countByMobile(
      organisationId: string,
      mobiles: string[],
      except: { importId: string | null; ids: string[] },
    ): Promise<Map<string, number>> {
      if (mobiles.length === 0) return new Map();
      const counts = await people
        .aggregate<{ _id: string; count: number }>([
          {
            $match: {
              mobile: { $in: mobiles },
              organisationId,
              ...(except.importId !== null && { importId: { $ne: except.importId } }),
              _id: { $nin: except.ids },
              deactivatedAt: { $exists: false },
            },
          },
          { $group: { _id: '$mobile', count: { $sum: 1 } } },
        ])
        .toArray();
      return new Map(counts.map(({ _id, count }) => [_id, count]));
    },

    /** The ids of those people who still exist. */
    async present(personIds: string[]): Promise<Set<string>> {
      return new Set(await people.distinct('_id', { _id: { $in: personIds } }));
    },

    /** Records an opt-out that a provider gave as its reason to reject messages. */
    async optOut(personIds: string[], channel: Channel): Promise<void> {
      if (personIds.length === 0) return;
      await people.updateMany({ _id: { $in: personIds } }, { $addToSet: { optedOut: channel } });
    },

    async addressees(personIds: string[]): Promise<Map<string, Addressee>> {
      const addressees = await people
        .find(
          { _id: { $in: personIds } },
          {
            projection: {
              ...{ firstName: 1, lastName: 1, email: 1, mobile: 1, language: 1 },
              ...{ active: 1, deactivatedAt: 1, optedOut: 1 },
            },
          },
        )
        .toArray();
      return new Map(addressees.map((person) => [person._id, person]));
    },
  };
}

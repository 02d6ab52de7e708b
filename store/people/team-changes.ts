import type { ClientSession } from 'mongodb';
import { isFinal, statusesThat } from '../../contract/import-status';
import { teamNameKey } from '../../domain/client-team';
import { personIdOf, rowId } from '../documents';
import type { Collections, ClientTeamDoc } from '../documents';
import { isDuplicateKey } from '../duplicates';
import { wakeWaitingFor } from '../imports/outbox';
import type { PersonValues } from '../../domain/person';
import type { AlsoWrite, Mongo } from '../mongo';
import { keepOverwritten } from '../overwritten/overwritten';

/** The remaining uses of a team that is to be removed. */
export interface TeamUse {
  isDefault: boolean;
  clients: number;
  /** Rows of imports that are not applied yet. */
  rows: number;
}

/** The name of a new team, or the address of its first staff member, was taken meanwhile. */
export class TakenError extends Error {
  override readonly name = 'TakenError';

  constructor(readonly what: 'name' | 'address') {
    super(`The ${what} is taken`);
  }
}

interface FirstStaff {
  values: PersonValues;
  /** Where the import that invites them has them. */
  importId: string;
  row: number;
}

/**
 * Changes of client teams. A team and its staff are several documents that have to agree, so each change that depends on a
 * team writes to it: of two concurrent ones, MongoDB retries one.
 */
export function createTeamChanges(
  {
    organisations,
    clientTeams,
    people,
    imports,
    rows,
  }: Pick<Collections, 'organisations' | 'clientTeams' | 'people' | 'imports' | 'rows'>,
  transaction: Mongo['transaction'],
) {
  /** Runs a change in a transaction, which may retry it: only the last result counts. */
  async function decide<T>(change: (session: ClientSession) => Promise<T>): Promise<T> {
    let result: { is: T } | undefined;
    await transaction(async (session) => {
      result = { is: await change(session) };
    });
    return result!.is;
  }

  const joinAll = (organisationId: string, staffIds: string[], teamId: string, session: ClientSession) =>
    people.updateMany(
      { _id: { $in: staffIds }, organisationId, kind: 'staff' },
      { $addToSet: { teamIds: teamId } },
      { session },
    );

  async function useOf(organisationId: string, teamId: string, session: ClientSession): Promise<TeamUse> {
    const organisation = await organisations.findOne({ _id: organisationId }, { session });
    const clients = await people.countDocuments({ organisationId, kind: 'client', teamIds: teamId }, { session });
    const open = await imports
      .find({ organisationId, status: { $nin: statusesThat(isFinal) } }, { session, projection: { _id: 1 } })
      .toArray();
    const waiting = await rows.countDocuments(
      {
        importId: { $in: open.map((importDoc) => importDoc._id) },
        status: { $in: ['pending', 'waiting'] },
        'person.teamIds': teamId,
      },
      { session },
    );
    return { isDefault: organisation?.defaultTeamId === teamId, clients, rows: waiting };
  }

  return {
    /** Creates a team with its first staff, who must exist. Returns whether the name was free. */
    async create(team: Pick<ClientTeamDoc, '_id' | 'organisationId' | 'name'>, staffIds: string[]): Promise<boolean> {
      try {
        return await decide(async (session) => {
          await clientTeams.insertOne({ ...team, nameKey: teamNameKey(team.name) }, { session });
          await joinAll(team.organisationId, staffIds, team._id, session);
          return true;
        });
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },

    /**
     * Creates a team with staff who exist, and one who does not: as the row of an import that is written in the same transaction would have
     * created them, so that it only has to invite them. Throws a `TakenError`.
     */
    createWithFirst:
      (
        team: Pick<ClientTeamDoc, '_id' | 'organisationId' | 'name'>,
        staffIds: string[],
        first: FirstStaff,
      ): AlsoWrite =>
      async (session) => {
        const { organisationId } = team;
        const { values, importId, row } = first;
        const person = { ...values, teamIds: [team._id], organisationId, importId, row, active: false };
        const taken = (what: TakenError['what']) => (error: unknown) => {
          throw isDuplicateKey(error) ? new TakenError(what) : error;
        };
        await clientTeams.insertOne({ ...team, nameKey: teamNameKey(team.name) }, { session }).catch(taken('name'));
        await people
          .insertOne({ ...person, _id: personIdOf(importId, row), createdAt: new Date() }, { session })
          .catch(taken('address'));
        await joinAll(organisationId, staffIds, team._id, session);
      },

    async rename(organisationId: string, teamId: string, name: string): Promise<'renamed' | 'name-taken' | 'unknown'> {
      try {
        const { matchedCount } = await clientTeams.updateOne(
          { _id: teamId, organisationId },
          { $set: { name, nameKey: teamNameKey(name) } },
        );
        return matchedCount === 1 ? 'renamed' : 'unknown';
      } catch (error) {
        if (isDuplicateKey(error)) return 'name-taken';
        throw error;
      }
    },

    /** Removes an unused team; otherwise returns its use. */
    remove: (organisationId: string, teamId: string): Promise<'removed' | 'unknown' | TeamUse> =>
      decide(async (session) => {
        const use = await useOf(organisationId, teamId, session);
        if (use.isDefault || use.clients > 0 || use.rows > 0) return use;
        const { deletedCount } = await clientTeams.deleteOne({ _id: teamId, organisationId }, { session });
        if (deletedCount === 0) return 'unknown';
        await people.updateMany({ organisationId, teamIds: teamId }, { $pull: { teamIds: teamId } }, { session });
        return 'removed';
      }),

    addStaff: (organisationId: string, teamId: string, staffIds: string[]): Promise<'added' | 'unknown'> =>
      decide(async (session) => {
        if (!(await touchTeam({ clientTeams }, organisationId, teamId, session))) return 'unknown';
        await joinAll(organisationId, staffIds, teamId, session);
        const active = { organisationId, kind: 'staff' as const, teamIds: teamId, active: true };
        if (await people.findOne(active, { session, projection: { _id: 1 } })) {
          await wakeWaitingFor({ imports, rows }, organisationId, [teamId], session);
        }
        return 'added';
      }),

    /** `by` is the row that does it, for which the former teams are kept. */
    assign: (
      organisationId: string,
      staffId: string,
      teamIds: string[],
      by?: { importId: string; row: number },
    ): Promise<string | undefined> =>
      decide((session) =>
        assignTeams({ clientTeams, people, imports, rows }, organisationId, staffId, teamIds, session, by),
      ),

    /** Takes a member out of a team, except the last one. */
    removeStaff: (
      organisationId: string,
      teamId: string,
      staffId: string,
    ): Promise<'removed' | 'unknown' | 'not-a-member' | 'last'> =>
      decide(async (session) => {
        if (!(await touchTeam({ clientTeams }, organisationId, teamId, session))) return 'unknown';
        const members = await people
          .find({ organisationId, kind: 'staff', teamIds: teamId }, { session, projection: { _id: 1 } })
          .toArray();
        if (!members.some((member) => member._id === staffId)) return 'not-a-member';
        if (members.length === 1) return 'last';
        await people.updateOne({ _id: staffId }, { $pull: { teamIds: teamId } }, { session });
        return 'removed';
      }),
  };
}

/**
 * Writes to a team that a change depends on, so that concurrent changes conflict. Returns whether the team still exists.
 */
export async function touchTeam(
  { clientTeams }: Pick<Collections, 'clientTeams'>,
  organisationId: string,
  teamId: string,
  session: ClientSession,
): Promise<boolean> {
  const { matchedCount } = await clientTeams.updateOne(
    { _id: teamId, organisationId },
    { $inc: { revision: 1 } },
    { session },
  );
  return matchedCount === 1;
}

/**
 * Gives a staff member exactly these teams, except those that were removed. Changes nothing if a team would be left without
 * staff, and returns its name.
 */
export async function assignTeams(
  { clientTeams, people, imports, rows }: Pick<Collections, 'clientTeams' | 'people' | 'imports' | 'rows'>,
  organisationId: string,
  staffId: string,
  teamIds: string[],
  session: ClientSession,
  by?: { importId: string; row: number },
): Promise<string | undefined> {
  const touch = (teamId: string) => touchTeam({ clientTeams }, organisationId, teamId, session);
  // After the end of its row, what was changed by hand or undone is newer.
  if (by && !(await rows.findOne({ _id: rowId(by.importId, by.row), status: 'pending' }, { session })))
    return undefined;
  const member = await people.findOne({ _id: staffId, organisationId, kind: 'staff' }, { session });
  if (!member) return undefined;
  for (const teamId of member.teamIds.filter((id) => !teamIds.includes(id))) {
    await touch(teamId);
    const others = { organisationId, kind: 'staff' as const, teamIds: teamId, _id: { $ne: staffId } };
    if (await people.findOne(others, { session, projection: { _id: 1 } })) continue;
    const team = await clientTeams.findOne({ _id: teamId, organisationId }, { session });
    if (team) return team.name;
  }
  const kept: string[] = [];
  for (const teamId of teamIds) if (await touch(teamId)) kept.push(teamId);
  const former = by ? keepOverwritten(by, { teamIds: kept }) : [];
  await people.updateOne({ _id: staffId }, [...former, { $set: { teamIds: { $literal: kept } } }], { session });
  if (member.active) await wakeWaitingFor({ imports, rows }, organisationId, kept, session);
  return undefined;
}

import type { ClientSession } from 'mongodb';
import type { Collections } from '../documents';
import { wakeWaitingFor } from '../imports/outbox';

/**
 * Notes in a team that something leans on it as it is, so that of two changes at once one is made anew. Returns whether the
 * team is still there.
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
 * Gives a member of staff exactly these teams. Returns the name of a team in which nobody would be left, and then changes
 * nothing. Teams that are no more are passed over.
 */
export async function assignTeams(
  { clientTeams, people, imports, rows }: Pick<Collections, 'clientTeams' | 'people' | 'imports' | 'rows'>,
  organisationId: string,
  staffId: string,
  teamIds: string[],
  session: ClientSession,
): Promise<string | undefined> {
  const touch = (teamId: string) => touchTeam({ clientTeams }, organisationId, teamId, session);
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
  await people.updateOne({ _id: staffId }, { $set: { teamIds: kept } }, { session });
  if (member.active) await wakeWaitingFor({ imports, rows }, organisationId, kept, session);
  return undefined;
}

import type { ClientSession } from 'mongodb';
import { randomUUID } from 'node:crypto';
import type { ImportStatus } from '../../contract/import';
import { assignTeams, touchTeam } from '../people/assign-teams';
import { clearOptOuts } from '../people/people';
import type { CorrectionResult, Correction, CorrectionParts, RowSnapshot } from './corrections';
import type { ImportDoc } from '../documents';
import { nextGeneration } from '../invitations/next-generation';

/** Imports whose workflow may have ended, or waits for something else. */
const AT_REST: ImportStatus[] = ['waiting', 'completed', 'completed-with-problems', 'needs-attention'];

/** A client team was removed between the decision and the deed. */
export class TeamGone extends Error {
  override readonly name = 'TeamGone';
}

/** The writes of one correction, all in the transaction of `session`. */
export async function applyCorrection(
  parts: CorrectionParts,
  snapshot: RowSnapshot,
  correction: Correction,
  session: ClientSession,
): Promise<CorrectionResult> {
  const { importDoc, row: before } = snapshot;
  const { row, person, opens } = correction;
  const team = await leanOnTeams(parts, snapshot, correction, session);
  if (team !== undefined) return { kind: 'last-member', team, importDoc };
  const corrections = (before.corrections ?? 0) + 1;
  await parts.rows.replaceOne({ _id: row._id }, { ...row, corrections }, { session });
  if (person) await changePerson(parts, correction.row, person, session);
  for (const newcomer of correction.invitations) await openInvitation(parts, snapshot, newcomer, session);
  return { kind: 'corrected', stirred: opens ? await openImport(parts, importDoc, session) : null };
}

/** Returns the name of a team that would lose its last member of staff. */
async function leanOnTeams(
  parts: CorrectionParts,
  { person: known }: RowSnapshot,
  { row, person }: Correction,
  session: ClientSession,
): Promise<string | undefined> {
  const { organisationId } = row;
  const teamIds = person ? person.fields.teamIds : row.person?.teamIds;
  if (!teamIds) return undefined;
  for (const teamId of teamIds) if (!(await touchTeam(parts, organisationId, teamId, session))) throw new TeamGone();
  return person && known?.kind === 'staff'
    ? assignTeams(parts, organisationId, person.id, teamIds, session)
    : undefined;
}

async function changePerson(
  { people, invitations }: CorrectionParts,
  { importId, row, organisationId }: Correction['row'],
  { id, fields, readdressed }: NonNullable<Correction['person']>,
  session: ClientSession,
): Promise<void> {
  await people.updateOne(
    { _id: id, organisationId },
    {
      $set: { ...fields, updatedBy: { importId, row } },
      ...(readdressed.length > 0 && clearOptOuts(readdressed)),
    },
    { session },
  );
  if (readdressed.length === 0) return;
  // Whoever retries or repeats one of these at the same moment, in whichever import, has to meet this correction.
  await invitations.updateMany(
    { personId: id, channel: { $in: readdressed } },
    { $currentDate: { readdressedAt: true } },
    { session },
  );
}

async function openInvitation(
  { invitations, createToken }: CorrectionParts,
  { row: { importId, organisationId, row }, person, invitations: all }: RowSnapshot,
  { channel, state, code }: Correction['invitations'][number],
  session: ClientSession,
): Promise<void> {
  const old = all.find((one) => one.importId === importId && one.row === row && one.channel === channel);
  if (old) await invitations.updateOne({ _id: old._id }, { $set: { superseded: true } }, { session });
  const { _id: personId, kind: personKind } = person!;
  const generation = old?.generation ?? 0;
  // Reminders are counted anew: at this address nobody was reminded of anything.
  const before = { organisationId, importId, row, channel, personId, personKind, generation };
  const newcomer = nextGeneration(before, randomUUID(), createToken());
  const trail = newcomer.trail.map(({ at }) => ({ state, at }));
  await invitations.insertOne({ ...newcomer, state, trail, ...(code && { code }) }, { session });
}

/** Lets the import go on: its workflow may have ended, and whoever is closing the books at this moment is to count again. */
async function openImport(
  { imports }: CorrectionParts,
  { _id }: ImportDoc,
  session: ClientSession,
): Promise<ImportDoc | null> {
  return imports.findOneAndUpdate(
    { _id },
    [
      {
        $set: {
          status: { $cond: [{ $in: ['$status', AT_REST] }, 'creating', '$status'] },
          revision: { $add: ['$revision', 1] },
          stirredAt: '$$NOW',
        },
      },
      { $unset: 'closedAt' },
    ],
    { session, returnDocument: 'after' },
  );
}

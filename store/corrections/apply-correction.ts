import type { ClientSession, Document } from 'mongodb';
import { randomUUID } from 'node:crypto';
import { assignTeams, touchTeam } from '../people/team-changes';
import { clearOptOuts } from '../people/people';
import type { CorrectionResult, Correction, CorrectionParts, RowSnapshot } from './correction';
import { markToWake, WAKE_NOW } from '../imports/outbox';
import { countsChanged } from '../imports/progress';
import { transition } from '../imports/transition';
import type { InvitationDoc } from '../documents';
import { newInvitation } from '../invitations/generations';
import { transitionUpdate } from '../invitations/transition-update';

/** A client team was removed between the decision and the write. */
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
  const team = await changeTeams(parts, snapshot, correction, session);
  if (team !== undefined) return { kind: 'last-member', team, importDoc };
  const corrections = (before.corrections ?? 0) + 1;
  await parts.rows.replaceOne({ _id: row._id }, { ...row, corrections }, { session });
  if (person) await changePerson(parts, correction.row, person, session);
  for (const invitation of correction.invitations) await openInvitation(parts, snapshot, invitation, session);
  if (opens) await transition(parts, importDoc._id, 'correct', { compute: WAKE_NOW, session });
  else {
    await countsChanged(parts, [importDoc._id], session);
    // The workflow shows the problems of rows, too.
    await markToWake(parts, [importDoc._id], { session });
  }
  return { kind: 'corrected' };
}

/** Returns the name of a team that would lose its last staff member. */
async function changeTeams(
  parts: CorrectionParts,
  { person: before }: RowSnapshot,
  { row, person }: Correction,
  session: ClientSession,
): Promise<string | undefined> {
  const { organisationId } = row;
  const teamIds = person ? person.fields.teamIds : row.person?.teamIds;
  if (!teamIds) return undefined;
  for (const teamId of teamIds) if (!(await touchTeam(parts, organisationId, teamId, session))) throw new TeamGone();
  return person && before?.kind === 'staff'
    ? assignTeams(parts, organisationId, person.id, teamIds, session)
    : undefined;
}

async function changePerson(
  { people, invitations }: CorrectionParts,
  { importId, row, organisationId }: Correction['row'],
  { id, fields, readdressed }: NonNullable<Correction['person']>,
  session: ClientSession,
): Promise<void> {
  const { language, ...others } = fields;
  await people.updateOne(
    { _id: id, organisationId },
    {
      $set: { ...others, ...(language && { language }), updatedBy: { importId, row } },
      $currentDate: { changedAt: true },
      ...(language === null && { $unset: { language: '' } }),
      ...(readdressed.length > 0 && clearOptOuts(readdressed)),
    },
    { session },
  );
  if (readdressed.length === 0) return;
  // A concurrent retry or reminder of one of these invitations has to conflict with this correction.
  await invitations.updateMany(
    { personId: id, channel: { $in: readdressed } },
    // At the new number it may be day.
    { $currentDate: { readdressedAt: true }, $unset: { deferred: '' } },
    { session },
  );
}

/** One that waits for its time is never sent. Its document conflicts with a claim of this moment, after which nothing is corrected. */
const endingOf = ({ state }: Pick<InvitationDoc, 'state'>): Document[] =>
  state === 'pending' ? transitionUpdate('suppress') : [];

async function openInvitation(
  { invitations, createToken }: CorrectionParts,
  { row: { importId, organisationId, row }, person, invitations: all }: RowSnapshot,
  { channel, state, code }: Correction['invitations'][number],
  session: ClientSession,
): Promise<void> {
  const old = all.find((other) => other.importId === importId && other.row === row && other.channel === channel);
  if (old)
    await invitations.updateOne({ _id: old._id }, [{ $set: { superseded: true } }, ...endingOf(old)], { session });
  const { _id: personId, kind: personKind } = person!;
  const key = { organisationId, importId, row, channel, personId, personKind };
  // Without `reminders`, since none was sent to this address.
  const fields = { state, retryId: randomUUID(), ...(code && { code }) };
  await invitations.insertOne(newInvitation(key, (old?.generation ?? 0) + 1, createToken(), fields), { session });
}

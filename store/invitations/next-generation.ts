import type { ClientSession } from 'mongodb';
import type { Collections, InvitationDoc } from '../documents';
import { invitationId } from '../documents';

/** What an invitation hands over to the one that takes its place. */
export type Predecessor = Pick<
  InvitationDoc,
  'organisationId' | 'importId' | 'row' | 'channel' | 'personId' | 'personKind' | 'generation' | 'reminders'
>;

/** The invitation that takes the place of an older one: with a link of its own, and everything still to be done. */
export function nextGeneration(
  old: Predecessor,
  retryId: string,
  token: string,
  reminders: number | undefined = old.reminders,
): InvitationDoc {
  const { organisationId, importId, row, channel, personId, personKind } = old;
  const now = new Date();
  const generation = old.generation + 1;
  return {
    _id: invitationId(importId, row, channel, generation),
    organisationId,
    importId,
    row,
    channel,
    personId,
    personKind,
    generation,
    superseded: false,
    token,
    state: 'pending',
    attempts: 0,
    trail: [{ state: 'pending', at: now }],
    retryId,
    ...(reminders !== undefined && { reminders }),
    createdAt: now,
    changedAt: now,
  };
}

/** Those whose person was not invited on the same channel by another import since: that one has taken their place. */
export async function withoutNewer(
  { invitations }: Pick<Collections, 'invitations'>,
  among: InvitationDoc[],
  session: ClientSession,
): Promise<InvitationDoc[]> {
  const newer = await invitations
    .find(
      {
        personId: { $in: among.map(({ personId }) => personId) },
        importId: { $nin: [...new Set(among.map(({ importId }) => importId))] },
        superseded: false,
        state: { $nin: ['failed', 'suppressed', 'cancelled'] },
      },
      { session, projection: { personId: 1, channel: 1, createdAt: 1 } },
    )
    .toArray();
  return among.filter(
    ({ personId, channel, createdAt }) =>
      !newer.some((one) => one.personId === personId && one.channel === channel && one.createdAt > createdAt),
  );
}

/** Puts newcomers into the place of their predecessors; of several transactions at once one does so. */
export async function succeed(
  { invitations }: Pick<Collections, 'invitations'>,
  old: InvitationDoc[],
  newcomerOf: (old: InvitationDoc) => InvitationDoc,
  session: ClientSession,
): Promise<void> {
  const ids = old.map(({ _id }) => _id);
  await invitations.updateMany({ _id: { $in: ids } }, { $set: { superseded: true } }, { session });
  await invitations.insertMany(old.map(newcomerOf), { session });
}

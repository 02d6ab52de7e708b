import type { ClientSession, Filter } from 'mongodb';
import { FAILURE_CLASSES, OPTED_OUT_CODE, RETRYABLE_STATES, TRANSIENT_CODES } from '../../contract/invitation';
import type { Channel, FailureClass } from '../../contract/invitation';
import { invitationId } from '../documents';
import type { Collections, InvitationDoc } from '../documents';
import type { Mongo } from '../mongo';

export interface RetryableSelection {
  classes?: readonly FailureClass[];
  includeUnconfirmed?: boolean;
}

/** The invitations that may be sent again on request. Whoever has asked for no more messages is never among them. */
export function retryable({
  classes = FAILURE_CLASSES,
  includeUnconfirmed,
}: RetryableSelection): Filter<InvitationDoc> {
  const failed = { state: { $in: [...RETRYABLE_STATES] } };
  const byClass: Record<FailureClass, Filter<InvitationDoc>> = {
    transient: { ...failed, code: { $in: [...TRANSIENT_CODES] } },
    permanent: { ...failed, code: { $nin: [...TRANSIENT_CODES, OPTED_OUT_CODE] } },
    unconfirmed: { state: 'unconfirmed', code: { $ne: OPTED_OUT_CODE } },
  };
  const wanted = classes.filter((one) => one !== 'unconfirmed' || includeUnconfirmed);
  return wanted.length > 0 ? { $or: wanted.map((one) => byClass[one]) } : { _id: { $in: [] } };
}

interface RetrySelection extends RetryableSelection {
  importId: string;
  /** Names the request: asking again with the same one opens nothing more. */
  retryId: string;
  rows?: number[];
  channels?: readonly Channel[];
}

/** A retry by staff opens a new generation of what failed; the old one stays as it ended. */
export function createGenerations(
  { invitations }: Pick<Collections, 'invitations'>,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  return {
    /**
     * Opens the next generation of each failed invitation and returns what this request has opened, however often it
     * is run. Newcomers take the place of their predecessors in one transaction; of several requests at once each
     * invitation goes to exactly one.
     */
    async open({ importId, retryId, rows, channels, ...selection }: RetrySelection): Promise<InvitationDoc[]> {
      await transaction(async (session) => {
        const failed = await invitations
          .find(
            {
              importId,
              superseded: false,
              ...retryable(selection),
              // What this very request opened may have failed again before it was run a second time.
              retryId: { $ne: retryId },
              ...(rows && { row: { $in: rows } }),
              ...(channels && { channel: { $in: [...channels] } }),
            },
            { session },
          )
          .toArray();
        const open = await withoutNewer({ invitations }, failed, session);
        if (open.length === 0) return;
        await succeed({ invitations }, open, (old) => nextGeneration(old, retryId, createToken()), session);
      });
      return invitations.find({ importId, retryId }).sort({ row: 1 }).toArray();
    },
  };
}

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

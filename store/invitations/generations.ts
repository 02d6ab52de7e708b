import type { ClientSession, Filter } from 'mongodb';
import { FAILURE_CLASSES, OPTED_OUT_CODE, RETRYABLE_STATES, TRANSIENT_CODES } from '../../contract/invitation';
import type { Channel, FailureClass } from '../../contract/invitation';
import { invitationId } from '../documents';
import type { Collections, InvitationDoc } from '../documents';
import { WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';
import type { Mongo } from '../mongo';

export interface RetryableSelection {
  classes?: readonly FailureClass[];
  includeUnconfirmed?: boolean;
}

/** Selects the invitations that may be sent again on request. People who have opted out are never among them. */
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
  const selected = classes.filter((failureClass) => failureClass !== 'unconfirmed' || includeUnconfirmed);
  return selected.length > 0 ? { $or: selected.map((failureClass) => byClass[failureClass]) } : { _id: { $in: [] } };
}

interface RetrySelection extends RetryableSelection {
  importId: string;
  /** Makes the request idempotent. */
  retryId: string;
  rows?: number[];
  channels?: readonly Channel[];
}

/** A retry by staff opens a new generation of failed invitations. The old one keeps its state. */
export function createGenerations(
  { imports, invitations }: Pick<Collections, 'imports' | 'invitations'>,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  return {
    /**
     * Opens the next generation of each failed invitation, reopens the import, and signals its workflow. Idempotent: a second
     * run returns the invitations that the first has opened. Of several concurrent requests exactly one retries an invitation.
     * An import that is being cancelled opens none.
     */
    async open({ importId, retryId, rows, channels, ...selection }: RetrySelection): Promise<InvitationDoc[]> {
      await transaction(async (session) => {
        const failed = await invitations
          .find(
            {
              importId,
              superseded: false,
              ...retryable(selection),
              // An invitation of this request may have failed again before the second run.
              retryId: { $ne: retryId },
              ...(rows && { row: { $in: rows } }),
              ...(channels && { channel: { $in: [...channels] } }),
            },
            { session },
          )
          .toArray();
        const open = await withoutNewer({ invitations }, failed, session);
        if (open.length === 0) return;
        const reopened = await transition({ imports }, importId, 'retry', {
          where: { retries: { $ne: retryId }, 'pausedBy.staff.cancels': { $exists: false } },
          compute: { ...WAKE_NOW, retries: { $concatArrays: ['$retries', [{ $literal: retryId }]] } },
          session,
        });
        if (!reopened) return;
        await replaceInvitations({ invitations }, open, (old) => nextGeneration(old, retryId, createToken()), session);
      });
      return invitations.find({ importId, retryId }).sort({ row: 1 }).toArray();
    },
  };
}

/** A new invitation: to be sent, unless `fields` say otherwise. */
export function newInvitation(
  key: Pick<InvitationDoc, 'organisationId' | 'importId' | 'row' | 'channel' | 'personId' | 'personKind'>,
  generation: number,
  token: string,
  fields: Partial<Pick<InvitationDoc, 'state' | 'code' | 'retryId' | 'reminders'>> = {},
): InvitationDoc {
  const { organisationId, importId, row, channel, personId, personKind } = key;
  const { state = 'pending' } = fields;
  const now = new Date();
  return {
    _id: invitationId(importId, row, channel, generation),
    ...{ organisationId, importId, row, channel, personId, personKind, generation, token },
    superseded: false,
    attempts: 0,
    ...fields,
    state,
    trail: [{ state, at: now }],
    createdAt: now,
    changedAt: now,
  };
}

/** The invitation that replaces an older one, with a link of its own. */
export const nextGeneration = (
  old: InvitationDoc,
  retryId: string,
  token: string,
  reminders: number | undefined = old.reminders,
): InvitationDoc =>
  newInvitation(old, old.generation + 1, token, { retryId, ...(reminders !== undefined && { reminders }) });

/** The invitations whose person no other import has invited on the same channel since. */
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
      !newer.some((other) => other.personId === personId && other.channel === channel && other.createdAt > createdAt),
  );
}

/** Replaces invitations by their successors. Of several concurrent transactions one succeeds. */
export async function replaceInvitations(
  { invitations }: Pick<Collections, 'invitations'>,
  old: InvitationDoc[],
  successorOf: (old: InvitationDoc) => InvitationDoc,
  session: ClientSession,
): Promise<void> {
  const ids = old.map(({ _id }) => _id);
  await invitations.updateMany({ _id: { $in: ids } }, { $set: { superseded: true } }, { session });
  await invitations.insertMany(old.map(successorOf), { session });
}

import type { ClientSession, Filter } from 'mongodb';
import {
  ELSEWHERE_CODE,
  FAILURE_CLASSES,
  NOT_NEEDED_CODE,
  OPTED_OUT_CODE,
  REFUSED_AT_NIGHT_CODE,
  RETRYABLE_STATES,
  TRANSIENT_CODES,
} from '../../contract/invitation';
import type { Channel, FailureClass } from '../../contract/invitation';
import { isUnderWay } from '../../domain/invitations/standing';
import { invitationId } from '../documents';
import type { Collections, InvitationDoc } from '../documents';
import { WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';
import type { Mongo } from '../mongo';
import { findNeverInvited, findUnstaged, serializeInvitations } from './never-invited';

export interface RetryableSelection {
  classes?: readonly FailureClass[];
  includeUnconfirmed?: boolean;
  /** Only what a provider has refused for the hour alone, of invitations that have at most so many generations. */
  refusedAtNight?: { mostGenerations: number };
  /** Only what was not needed, since the first channel had reached its person. */
  notNeeded?: true;
}

/**
 * Invitations that were never sent: their import was cancelled, or another one came first. They may be sent to people whom no
 * import has invited since.
 */
const UNTRIED: Filter<InvitationDoc>[] = [{ state: 'cancelled' }, { state: 'suppressed', code: ELSEWHERE_CODE }];

const isUntried = ({ state, code }: InvitationDoc): boolean =>
  state === 'cancelled' || (state === 'suppressed' && code !== NOT_NEEDED_CODE);

/** Selects the invitations that may be sent again on request. People who have opted out or were erased are never among them. */
export function retryable({
  classes = FAILURE_CLASSES,
  includeUnconfirmed,
  refusedAtNight,
  notNeeded,
}: RetryableSelection): Filter<InvitationDoc> {
  const failed = { state: { $in: [...RETRYABLE_STATES] } };
  const isReachable = { erasedAt: { $exists: false } };
  if (refusedAtNight) {
    const generation = { $lte: refusedAtNight.mostGenerations };
    return { ...isReachable, ...failed, code: REFUSED_AT_NIGHT_CODE, generation };
  }
  if (notNeeded) return { ...isReachable, state: 'suppressed', code: NOT_NEEDED_CODE };
  const byClass: Record<FailureClass, Filter<InvitationDoc>> = {
    transient: { $or: [{ ...failed, code: { $in: [...TRANSIENT_CODES] } }, ...UNTRIED] },
    permanent: { ...failed, code: { $nin: [...TRANSIENT_CODES, OPTED_OUT_CODE] } },
    unconfirmed: { state: 'unconfirmed', code: { $ne: OPTED_OUT_CODE } },
  };
  const selected = classes.filter((failureClass) => failureClass !== 'unconfirmed' || includeUnconfirmed);
  return selected.length > 0
    ? { ...isReachable, $or: selected.map((failureClass) => byClass[failureClass]) }
    : { _id: { $in: [] } };
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
  {
    organisations,
    imports,
    people,
    rows,
    invitations,
  }: Pick<Collections, 'organisations' | 'imports' | 'people' | 'rows' | 'invitations'>,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  const parts = { organisations, people, rows, invitations };

  return {
    /** What a retry would open now. */
    async findOpenable(selection: Omit<RetrySelection, 'retryId'>): Promise<{ channel: Channel; row: number }[]> {
      const { old, unstaged } = await choose(selection);
      return [...old, ...unstaged];
    },

    /**
     * Opens the next generation of each failed invitation, and the first of people whom nobody has invited, reopens the import,
     * and signals its workflow. Idempotent: a second run returns the invitations that the first has opened. Of several concurrent
     * requests exactly one retries an invitation. An import that is being cancelled opens none.
     */
    async open(selection: RetrySelection): Promise<InvitationDoc[]> {
      const { importId, retryId } = selection;
      await transaction(async (session) => {
        const { old, unstaged } = await choose(selection, session);
        if (old.length + unstaged.length === 0) return;
        // An invitation of this request may have failed again before the second run, which opens nothing.
        const reopened = await transition({ imports }, importId, 'retry', {
          where: { retries: { $ne: retryId }, 'pausedBy.staff.cancels': { $exists: false } },
          compute: { ...WAKE_NOW, retries: { $concatArrays: ['$retries', [{ $literal: retryId }]] } },
          session,
        });
        if (!reopened) return;
        await serializeInvitations(
          { people },
          [...new Set([...old, ...unstaged].map(({ personId }) => personId))],
          session,
        );
        const successorOf = (one: InvitationDoc): InvitationDoc => nextGeneration(one, retryId, createToken());
        if (old.length > 0) await replaceInvitations({ invitations }, old, successorOf, session);
        const first = unstaged.map((key) => newInvitation(key, 1, createToken(), { retryId }));
        if (first.length > 0) await invitations.insertMany(first, { session });
      });
      return invitations.find({ importId, retryId }).sort({ row: 1 }).toArray();
    },
  };

  async function choose(
    { importId, rows: lines, channels, ...selection }: Omit<RetrySelection, 'retryId'>,
    session?: ClientSession,
  ): Promise<{ old: InvitationDoc[]; unstaged: Awaited<ReturnType<typeof findUnstaged>> }> {
    const selected = await invitations
      .find(
        {
          importId,
          superseded: false,
          ...retryable(selection),
          ...(lines && { row: { $in: lines } }),
          ...(channels && { channel: { $in: [...channels] } }),
        },
        { ...(session && { session }) },
      )
      .toArray();
    const untried = selected.filter(isUntried);
    const uninvited = await findNeverInvited(parts, [...new Set(untried.map(({ personId }) => personId))], session);
    const failed = await withoutNewer(
      { invitations },
      selected.filter((invitation) => !isUntried(invitation)),
      session,
    );
    const wantsUntried =
      !selection.refusedAtNight && !selection.notNeeded && (selection.classes ?? FAILURE_CLASSES).includes('transient');
    return {
      old: [
        ...failed,
        ...untried.filter(({ personId, channel }) => {
          const person = uninvited.get(personId);
          return person !== undefined && !person.optedOut?.includes(channel);
        }),
      ],
      unstaged: wantsUntried
        ? await findUnstaged(parts, { importId, ...(lines && { lines }), ...(channels && { channels }) }, session)
        : [],
    };
  }
}

/** A new invitation: to be sent, unless `fields` say otherwise. */
export function newInvitation(
  key: Pick<InvitationDoc, 'organisationId' | 'importId' | 'row' | 'channel' | 'personId' | 'personKind'>,
  generation: number,
  token: string,
  fields: Partial<Pick<InvitationDoc, 'state' | 'code' | 'retryId' | 'reminders'>> = {},
  now = new Date(),
): InvitationDoc {
  const { organisationId, importId, row, channel, personId, personKind } = key;
  const { state = 'pending' } = fields;
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

/** The invitations whose person no other import has invited on the same channel since, or is about to. */
export async function withoutNewer(
  { invitations }: Pick<Collections, 'invitations'>,
  among: InvitationDoc[],
  session?: ClientSession,
): Promise<InvitationDoc[]> {
  if (among.length === 0) return [];
  const newer = await invitations
    .find(
      {
        personId: { $in: among.map(({ personId }) => personId) },
        importId: { $nin: [...new Set(among.map(({ importId }) => importId))] },
        superseded: false,
        state: { $nin: ['failed', 'suppressed', 'cancelled'] },
      },
      { ...(session && { session }), projection: { personId: 1, channel: 1, state: 1, createdAt: 1 } },
    )
    .toArray();
  return among.filter(
    ({ personId, channel, createdAt }) =>
      !newer.some(
        (other) =>
          other.personId === personId &&
          other.channel === channel &&
          (other.createdAt > createdAt || isUnderWay(other.state)),
      ),
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

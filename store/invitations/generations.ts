import type { ClientSession } from 'mongodb';
import { groupBy } from '../../domain/group-by';
import { CHANNELS, FAILURE_CLASSES } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import { isUnderWay } from '../../domain/invitations/standing';
import { invitationId } from '../documents';
import type { Collections, InvitationDoc } from '../documents';
import { WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';
import type { Mongo } from '../mongo';
import { windowsOf } from '../pages/windows';
import type { LineWindow } from '../pages/windows';
import { isUntried, retryable } from './retryable';
import type { RetryableSelection } from './retryable';
import { findNeverInvited, findUnstaged, serializeInvitations } from './never-invited';

interface RetrySelection extends RetryableSelection {
  importId: string;
  /** Makes the request idempotent. */
  retryId: string;
  rows?: number[];
  channels?: readonly Channel[];
}

/** By which a message that goes on in place of another one is known. */
export const RESUMED = 'resumed:';

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
      const openable: { channel: Channel; row: number }[] = [];
      for await (const { row } of windowsOf(parts, selection.importId, selection.rows)) {
        const { old, unstaged } = await choose(selection, row);
        for (const one of [...old, ...unstaged]) openable.push({ channel: one.channel, row: one.row });
      }
      return openable;
    },

    /**
     * Opens the next generation of each failed invitation, and the first of people whom nobody has invited, reopens the import,
     * and signals its workflow; some hundred lines a transaction. Idempotent: a second run opens what the first did not come to, and
     * returns the invitations of both. Of several concurrent requests exactly one retries an invitation. An import that is being cancelled
     * opens none.
     */
    async open(selection: RetrySelection): Promise<InvitationDoc[]> {
      await openAll(selection);
      const { importId, retryId } = selection;
      return invitations.find({ importId, retryId }).sort({ row: 1 }).toArray();
    },

    /** As `open`; returns how many invitations there are now, by channel. */
    async retry(selection: RetrySelection): Promise<Record<Channel, number>> {
      await openAll(selection);
      const { importId, retryId } = selection;
      const [email, sms] = await Promise.all(
        CHANNELS.map((channel) => invitations.countDocuments({ importId, retryId, channel })),
      );
      return { email: email!, sms: sms! };
    },
  };

  async function openAll(selection: RetrySelection): Promise<void> {
    const { importId, retryId } = selection;
    let count = 0;
    let isEnded = false;
    for await (const { row, isLast } of windowsOf(parts, importId, selection.rows)) {
      const opened = await openIn(selection, row, isLast);
      if (opened === null) return;
      count += opened;
      isEnded = isLast && opened > 0;
    }
    if (count > 0 && !isEnded) await imports.updateOne({ _id: importId }, { $addToSet: { retries: retryId } });
  }

  /** Returns how many invitations were opened in these lines; `null` where the import opens none, or the request has ended before. */
  async function openIn(selection: RetrySelection, lines: LineWindow, isLast: boolean): Promise<number | null> {
    const { importId, retryId } = selection;
    let opened: number | null = 0;
    await transaction(async (session) => {
      opened = 0;
      const { old, unstaged } = await choose(selection, lines, session);
      if (old.length + unstaged.length === 0) return;
      // An invitation of this request may have failed again before the second run, which opens nothing.
      const reopened = await transition({ imports }, importId, 'retry', {
        where: { retries: { $ne: retryId }, 'pausedBy.staff.cancels': { $exists: false } },
        compute: {
          ...WAKE_NOW,
          ...(isLast && { retries: { $concatArrays: ['$retries', [{ $literal: retryId }]] } }),
        },
        session,
      });
      if (!reopened) {
        opened = null;
        return;
      }
      await serializeInvitations(
        { people },
        [...new Set([...old, ...unstaged].map(({ personId }) => personId))],
        session,
      );
      const successorOf = (one: InvitationDoc): InvitationDoc => nextGeneration(one, retryId, createToken());
      if (old.length > 0) await replaceInvitations({ invitations }, old, successorOf, session);
      const first = unstaged.map((key) => newInvitation(key, 1, createToken(), { retryId }));
      if (first.length > 0) await invitations.insertMany(first, { session });
      opened = old.length + first.length;
    });
    return opened;
  }

  async function choose(
    { importId, retryId, channels, ...selection }: Omit<RetrySelection, 'retryId'> & { retryId?: string },
    row: LineWindow,
    session?: ClientSession,
  ): Promise<{ old: InvitationDoc[]; unstaged: Awaited<ReturnType<typeof findUnstaged>> }> {
    const selected = await invitations
      .find(
        {
          ...{ importId, superseded: false, row },
          ...retryable(selection),
          // What a run before this one has opened may have failed again.
          ...(retryId !== undefined && { retryId: { $ne: retryId } }),
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
        ? await findUnstaged(parts, { importId, row, ...(channels && { channels }) }, session)
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
  const keyOf = ({ personId, channel }: Pick<InvitationDoc, 'personId' | 'channel'>): string =>
    `${channel} ${personId}`;
  const others = groupBy(newer, keyOf);
  return among.filter(
    (one) => !others.get(keyOf(one))?.some((other) => other.createdAt > one.createdAt || isUnderWay(other.state)),
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

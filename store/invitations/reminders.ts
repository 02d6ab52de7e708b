import type { ClientSession } from 'mongodb';
import type { Channel } from '../../contract/invitation';
import type { ReminderObstacle } from '../../contract/sending/reminders';
import { reminderObstacle } from '../../domain/invitations/reminder-obstacles';
import type { Collections, ImportDoc, InvitationDoc, OrganisationDoc } from '../documents';
import { WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';
import type { Mongo } from '../mongo';
import { windowsOf } from '../pages/windows';
import type { LineWindow } from '../pages/windows';
import { nextGeneration, replaceInvitations, withoutNewer } from './generations';
import { dueIn, HOUR_MS, NOT_ACCEPTED } from './due-reminders';
import { serializeInvitations } from './never-invited';
import { DEFAULT_SETTINGS } from '../organisation-settings';

/** Staff may remind at any time, but a person gets at most one message an hour. */
const REMIND_AFTER_MS = HOUR_MS;
/** The most imports that one search looks at, some milliseconds each. */
const MAX_LOOKS = 500;
/** No provider reports on a message after so long: SendGrid tries for three days, Twilio for less. */
const REPORTS_END_AFTER_MS = 7 * 24 * HOUR_MS;

interface RemindSelection {
  importId: string;
  remindId: string;
  rows?: number[];
  channels?: readonly Channel[];
}

export interface RemindResult {
  opened: InvitationDoc[];
  /** Whether the import is paused, cancelled or failed, and so sends no reminders. */
  isPaused: boolean;
  /** How many were skipped, by reason. */
  obstacles: Partial<Record<ReminderObstacle, number>>;
}

/** Reminders of invitations that were sent and not accepted. Each is a new generation with its own link. */
export function createReminders(
  { organisations, imports, people, rows, invitations }: Collections,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  return {
    /** Ids of at most `limit` imports with due invitations, longest overdue first. Each is looked at no more often than needed. */
    async findDue(limit: number, now = new Date()): Promise<string[]> {
      const organisationOf = new Map<string, OrganisationDoc | null>();
      const due: string[] = [];
      const unlooked = imports
        .find({ remindAt: { $lte: now } }, { projection: { organisationId: 1, remindAt: 1, closedAt: 1 } })
        .sort({ remindAt: 1 })
        .limit(MAX_LOOKS);
      for await (const importDoc of unlooked) {
        const { _id, organisationId } = importDoc;
        const remindAt = importDoc.remindAt!;
        if (!organisationOf.has(organisationId)) {
          organisationOf.set(organisationId, await organisations.findOne({ _id: organisationId }));
        }
        const organisation = organisationOf.get(organisationId);
        const next = organisation ? await nextLook(importDoc, organisation, now) : null;
        if (next && next <= now) due.push(_id);
        // Unless it was closed again meanwhile.
        else
          await imports.updateOne(
            { _id, remindAt },
            next ? { $set: { remindAt: next } } : { $unset: { remindAt: '' } },
          );
        if (due.length === limit) break;
      }
      return due;
    },

    /**
     * Opens the due reminders of an import, reopens the import, and returns the number of reminders. Idempotent for the same
     * `reminderId`. An invitation with an obstacle is skipped until it is due again.
     */
    async open(importId: string, reminderId: string, now = new Date()): Promise<number> {
      const organisation = await findOrganisation(importId);
      if (!organisation) return 0;
      for await (const { row } of windowsOf({ rows, invitations }, importId))
        await transaction(async (session) => {
          const due = await invitations.find({ ...dueIn(organisation, now), importId, row }, { session }).toArray();
          if (due.length === 0) return;
          const { open } = await splitByObstacle(due, organisation, now, session);
          const reminded = open.length > 0 && (await reopen(importId, reminderId, session)) ? open : [];
          if (reminded.length > 0) {
            const successorOf = (old: InvitationDoc): InvitationDoc =>
              nextGeneration(old, reminderId, createToken(), (old.reminders ?? 0) + 1);
            await replace(reminded, successorOf, session);
          }
          const isReminded = new Set(reminded);
          const skipped = due.filter((invitation) => !isReminded.has(invitation)).map(({ _id }) => _id);
          await invitations.updateMany(
            { _id: { $in: skipped } },
            { $currentDate: { reminderSkippedAt: true } },
            { session },
          );
        });
      return invitations.countDocuments({ importId, retryId: reminderId });
    },

    /** Reminds at the request of staff, even before a reminder is due. Does not count as a scheduled reminder. */
    async remind({ rows: lines, ...selection }: RemindSelection, now = new Date()): Promise<RemindResult> {
      const { importId, remindId } = selection;
      const organisation = await findOrganisation(importId);
      const result: RemindResult = { opened: [], isPaused: false, obstacles: {} };
      if (!organisation) return result;
      for await (const { row } of windowsOf({ rows, invitations }, importId, lines)) {
        const part = await remindIn({ ...selection, row }, organisation, now);
        for (const [obstacle, count] of Object.entries(part.obstacles) as [ReminderObstacle, number][])
          result.obstacles[obstacle] = (result.obstacles[obstacle] ?? 0) + count;
        result.isPaused = part.isPaused;
        if (part.isPaused) break;
      }
      result.opened = await invitations.find({ importId, retryId: remindId }).sort({ row: 1 }).toArray();
      return result;
    },

    /**
     * When somebody may be invited again, if that is not yet: an hour after the latest message, as for a reminder. `undefined`
     * for who has had none in that time, is unknown, or gets no message for another reason.
     */
    async tooSoonUntil(organisationId: string, emailKey: string, now = new Date()): Promise<Date | undefined> {
      const organisation = await organisations.findOne({ _id: organisationId });
      const person = await people.findOne({ organisationId, emailKey });
      if (!organisation || !person) return undefined;
      // Older generations too: a message that a newer one replaces has reached the person all the same.
      const sent = await invitations.find({ personId: person._id, state: { $in: NOT_ACCEPTED } }).toArray();
      const { channels } = { ...DEFAULT_SETTINGS, ...organisation };
      const sentBefore = new Date(now.getTime() - REMIND_AFTER_MS);
      const tooSoon = sent
        .filter(
          (one) => reminderObstacle({ ...one, person, invitedAgain: false }, { channels, sentBefore }) === 'too-soon',
        )
        .map(({ changedAt }) => changedAt.getTime());
      return tooSoon.length > 0 ? new Date(Math.max(...tooSoon) + REMIND_AFTER_MS) : undefined;
    },
  };

  /**
   * When to look at an import next: when its next reminder is due, and at least once in the time between two reminders while a report
   * or a send may lead to one. `null` once none can come, until the import is closed again or its organisation's settings change.
   */
  async function nextLook(
    { _id: importId, closedAt }: Pick<ImportDoc, '_id' | 'closedAt'>,
    organisation: OrganisationDoc,
    now: Date,
  ): Promise<Date | null> {
    const { reminders, channels } = { ...DEFAULT_SETTINGS, ...organisation };
    const isRemindable = {
      $and: [
        { $in: ['$state', NOT_ACCEPTED] },
        { $in: ['$channel', channels] },
        { $lt: [{ $ifNull: ['$reminders', 0] }, reminders.atMost] },
      ],
    };
    const groups = await invitations
      .aggregate<{ _id: boolean; first: Date; last: Date }>([
        { $match: { importId, superseded: false, state: { $ne: 'accepted' } } },
        { $project: { isRemindable, at: { $max: ['$changedAt', '$reminderSkippedAt'] } } },
        { $group: { _id: '$isRemindable', first: { $min: '$at' }, last: { $max: '$at' } } },
      ])
      .toArray();
    const later = now.getTime() + reminders.everyHours * HOUR_MS;
    const remindable = groups.find(({ _id }) => _id);
    if (remindable) return new Date(Math.min(later, remindable.first.getTime() + reminders.everyHours * HOUR_MS));
    const mayBeReported = groups.some(({ last }) => last.getTime() > now.getTime() - REPORTS_END_AFTER_MS);
    return closedAt === undefined || mayBeReported ? new Date(later) : null;
  }

  /** Reminds the people of some lines. */
  async function remindIn(
    { importId, remindId, row, channels }: Omit<RemindSelection, 'rows'> & { row: LineWindow },
    organisation: OrganisationDoc,
    now: Date,
  ): Promise<Omit<RemindResult, 'opened'>> {
    let result: Omit<RemindResult, 'opened'> = { isPaused: false, obstacles: {} };
    await transaction(async (session) => {
      const sent = await invitations
        .find(
          {
            ...{ importId, superseded: false, row },
            state: { $in: NOT_ACCEPTED },
            ...(channels && { channel: { $in: [...channels] } }),
          },
          { session },
        )
        .toArray();
      const { open, obstacles } = await splitByObstacle(sent, organisation, now, session);
      result = { obstacles, isPaused: open.length > 0 && !(await reopen(importId, remindId, session)) };
      if (open.length === 0 || result.isPaused) return;
      await replace(open, (old) => nextGeneration(old, remindId, createToken()), session);
    });
    return result;
  }

  /** Another import may be about to invite the same people: by the write to them one of both sees what the other has opened. */
  async function replace(
    old: InvitationDoc[],
    successorOf: (old: InvitationDoc) => InvitationDoc,
    session: ClientSession,
  ): Promise<void> {
    await serializeInvitations({ people }, [...new Set(old.map(({ personId }) => personId))], session);
    await replaceInvitations({ invitations }, old, successorOf, session);
  }

  async function findOrganisation(importId: string): Promise<OrganisationDoc | null> {
    const importDoc = await imports.findOne({ _id: importId }, { projection: { organisationId: 1 } });
    return importDoc && organisations.findOne({ _id: importDoc.organisationId });
  }

  /** Splits invitations into those that may be sent again and the obstacles of the others. */
  async function splitByObstacle(
    sent: InvitationDoc[],
    organisation: OrganisationDoc,
    now: Date,
    session: ClientSession,
  ): Promise<{ open: InvitationDoc[]; obstacles: RemindResult['obstacles'] }> {
    const newest = new Set(await withoutNewer({ invitations }, sent, session));
    const addressees = await people.find({ _id: { $in: sent.map(({ personId }) => personId) } }, { session }).toArray();
    const personOf = new Map(addressees.map((person) => [person._id, person]));
    const { channels } = { ...DEFAULT_SETTINGS, ...organisation };
    const sentBefore = new Date(now.getTime() - REMIND_AFTER_MS);
    const open: InvitationDoc[] = [];
    const obstacles: RemindResult['obstacles'] = {};
    for (const invitation of sent) {
      const person = personOf.get(invitation.personId);
      const facts = { ...invitation, person, invitedAgain: !newest.has(invitation) };
      const obstacle = reminderObstacle(facts, { channels, sentBefore });
      if (obstacle) obstacles[obstacle] = (obstacles[obstacle] ?? 0) + 1;
      else open.push(invitation);
    }
    return { open, obstacles };
  }

  /** Reopens the import, unless it is paused, cancelled or failed. */
  async function reopen(importId: string, retryId: string, session: ClientSession): Promise<boolean> {
    const importDoc = await transition({ imports }, importId, 'remind', {
      where: { pausedBy: { $exists: false } },
      compute: { ...WAKE_NOW, retries: { $setUnion: ['$retries', [{ $literal: retryId }]] } },
      session,
    });
    return importDoc !== null;
  }
}

import type { ClientSession, Filter } from 'mongodb';
import type { Channel, InvitationState } from '../../contract/invitation';
import type { ReminderObstacle } from '../../contract/reminders';
import { reminderObstacle } from '../../domain/invitations/reminder-obstacles';
import type { Collections, InvitationDoc, OrganisationDoc } from '../documents';
import { WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';
import type { Mongo } from '../mongo';
import { nextGeneration, replaceInvitations, withoutNewer } from './generations';
import { DEFAULT_SETTINGS } from '../organisation-settings';

const HOUR_MS = 3_600_000;
/** Staff may remind at any time, but a person gets at most one message an hour. */
const REMIND_AFTER_MS = HOUR_MS;
/** The most reminders of one transaction. The next round opens the others. */
const BATCH_SIZE = 500;

const NOT_ACCEPTED: InvitationState[] = ['sent', 'delivered'];

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
  { organisations, imports, people, invitations }: Collections,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  return {
    /** Ids of at most `limit` imports with due invitations, longest overdue first. */
    async findDue(limit: number, now = new Date()): Promise<string[]> {
      const importIds = new Set<string>();
      for await (const organisation of organisations.find().sort({ _id: 1 })) {
        const oldest = await invitations
          .find(dueIn(organisation, now))
          .sort({ changedAt: 1 })
          .limit(BATCH_SIZE)
          .project<Pick<InvitationDoc, 'importId'>>({ importId: 1 })
          .toArray();
        const existing = await imports.distinct('_id', { _id: { $in: oldest.map(({ importId }) => importId) } });
        for (const { importId } of oldest) {
          if (importIds.size < limit && existing.includes(importId)) importIds.add(importId);
        }
        if (importIds.size === limit) break;
      }
      return [...importIds];
    },

    /**
     * Opens the due reminders of an import, reopens the import, and returns the number of reminders. Idempotent for the same
     * `reminderId`. An invitation with an obstacle is skipped until it is due again.
     */
    async open(importId: string, reminderId: string, now = new Date()): Promise<number> {
      const organisation = await findOrganisation(importId);
      if (!organisation) return 0;
      await transaction(async (session) => {
        const due = await invitations
          .find({ ...dueIn(organisation, now), importId }, { session })
          .sort({ changedAt: 1 })
          .limit(BATCH_SIZE)
          .toArray();
        if (due.length === 0) return;
        const { open } = await splitByObstacle(due, organisation, now, session);
        const reminded = open.length > 0 && (await reopen(importId, reminderId, session)) ? open : [];
        if (reminded.length > 0) {
          const successorOf = (old: InvitationDoc): InvitationDoc =>
            nextGeneration(old, reminderId, createToken(), (old.reminders ?? 0) + 1);
          await replaceInvitations({ invitations }, reminded, successorOf, session);
        }
        const skipped = due.filter((invitation) => !reminded.includes(invitation)).map(({ _id }) => _id);
        await invitations.updateMany(
          { _id: { $in: skipped } },
          { $currentDate: { reminderSkippedAt: true } },
          { session },
        );
      });
      return invitations.countDocuments({ importId, retryId: reminderId });
    },

    /** Reminds at the request of staff, even before a reminder is due. Does not count as a scheduled reminder. */
    async remind({ importId, remindId, rows, channels }: RemindSelection, now = new Date()): Promise<RemindResult> {
      const organisation = await findOrganisation(importId);
      const result: RemindResult = { opened: [], isPaused: false, obstacles: {} };
      if (!organisation) return result;
      await transaction(async (session) => {
        const sent = await invitations
          .find(
            {
              importId,
              superseded: false,
              state: { $in: NOT_ACCEPTED },
              ...(rows && { row: { $in: rows } }),
              ...(channels && { channel: { $in: [...channels] } }),
            },
            { session },
          )
          .toArray();
        const { open, obstacles } = await splitByObstacle(sent, organisation, now, session);
        result.obstacles = obstacles;
        result.isPaused = open.length > 0 && !(await reopen(importId, remindId, session));
        if (open.length === 0 || result.isPaused) return;
        await replaceInvitations({ invitations }, open, (old) => nextGeneration(old, remindId, createToken()), session);
      });
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

/** Filters the invitations with a due reminder. The index of the same fields answers it. */
export function dueIn(organisation: OrganisationDoc, now: Date): Filter<InvitationDoc> {
  const { reminders, channels } = { ...DEFAULT_SETTINGS, ...organisation };
  const before = new Date(now.getTime() - reminders.everyHours * HOUR_MS);
  return {
    organisationId: organisation._id,
    channel: { $in: channels },
    // Single numbers instead of a range, so that the index can also bound the time.
    reminders: { $in: Array.from({ length: reminders.atMost }, (_, sent) => sent || null) } as never,
    changedAt: { $lte: before },
    reminderSkippedAt: { $not: { $gt: before } },
    superseded: false,
    state: { $in: NOT_ACCEPTED },
  };
}

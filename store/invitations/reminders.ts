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
/** Staff may remind at any time, but nobody gets more than one message an hour. */
const REMIND_AFTER_MS = HOUR_MS;
/** In one transaction. The rest is due in the next round. */
const AT_ONCE = 500;

const NOT_ACCEPTED: InvitationState[] = ['sent', 'delivered'];

interface RemindSelection {
  importId: string;
  remindId: string;
  rows?: number[];
  channels?: readonly Channel[];
}

export interface RemindResult {
  opened: InvitationDoc[];
  /** Whether the import is paused, cancelled or failed: then it sends no reminders. */
  isPaused: boolean;
  /** How many were skipped, and why. */
  obstacles: Partial<Record<ReminderObstacle, number>>;
}

/** Reminders of invitations that were sent and not accepted, each a new generation with a link of its own. */
export function createReminders(
  { organisations, imports, people, invitations }: Collections,
  transaction: Mongo['transaction'],
  createToken: () => string,
) {
  return {
    /** Ids of imports with invitations that are due, at most `limit`; those that have waited for longest first. */
    async findDue(limit: number, now = new Date()): Promise<string[]> {
      const importIds = new Set<string>();
      for await (const organisation of organisations.find().sort({ _id: 1 })) {
        const oldest = await invitations
          .find(dueIn(organisation, now))
          .sort({ changedAt: 1 })
          .limit(AT_ONCE)
          .project<Pick<InvitationDoc, 'importId'>>({ importId: 1 })
          .toArray();
        const known = await imports.distinct('_id', { _id: { $in: oldest.map(({ importId }) => importId) } });
        for (const { importId } of oldest) {
          if (importIds.size < limit && known.includes(importId)) importIds.add(importId);
        }
        if (importIds.size === limit) break;
      }
      return [...importIds];
    },

    /**
     * Opens the reminders of an import that are due, and the import with them, and returns how many this request has opened,
     * however often it is run. An invitation with an obstacle is skipped until it would be due again.
     */
    async open(importId: string, reminderId: string, now = new Date()): Promise<number> {
      const organisation = await organisationOf(importId);
      if (!organisation) return 0;
      await transaction(async (session) => {
        const due = await invitations
          .find({ ...dueIn(organisation, now), importId }, { session })
          .sort({ changedAt: 1 })
          .limit(AT_ONCE)
          .toArray();
        if (due.length === 0) return;
        const { open } = await sift(due, organisation, now, session);
        const reminded = open.length > 0 && (await reopen(importId, reminderId, session)) ? open : [];
        if (reminded.length > 0) {
          const successorOf = (old: InvitationDoc): InvitationDoc =>
            nextGeneration(old, reminderId, createToken(), (old.reminders ?? 0) + 1);
          await replaceInvitations({ invitations }, reminded, successorOf, session);
        }
        const left = due.filter((one) => !reminded.includes(one)).map(({ _id }) => _id);
        await invitations.updateMany(
          { _id: { $in: left } },
          { $currentDate: { reminderSkippedAt: true } },
          { session },
        );
      });
      return invitations.countDocuments({ importId, retryId: reminderId });
    },

    /** Reminds because staff ask for it, whenever the next reminder would be due; it does not count as one. */
    async remind({ importId, remindId, rows, channels }: RemindSelection, now = new Date()): Promise<RemindResult> {
      const organisation = await organisationOf(importId);
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
        const { open, obstacles } = await sift(sent, organisation, now, session);
        result.obstacles = obstacles;
        result.isPaused = open.length > 0 && !(await reopen(importId, remindId, session));
        if (open.length === 0 || result.isPaused) return;
        await replaceInvitations({ invitations }, open, (old) => nextGeneration(old, remindId, createToken()), session);
      });
      result.opened = await invitations.find({ importId, retryId: remindId }).sort({ row: 1 }).toArray();
      return result;
    },
  };

  async function organisationOf(importId: string): Promise<OrganisationDoc | null> {
    const importDoc = await imports.findOne({ _id: importId }, { projection: { organisationId: 1 } });
    return importDoc && organisations.findOne({ _id: importDoc.organisationId });
  }

  /** Which of them may be sent again, and the obstacles of the others. */
  async function sift(
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
    for (const one of sent) {
      const known = { ...one, person: personOf.get(one.personId), invitedAgain: !newest.has(one) };
      const obstacle = reminderObstacle(known, { channels, sentBefore });
      if (obstacle) obstacles[obstacle] = (obstacles[obstacle] ?? 0) + 1;
      else open.push(one);
    }
    return { open, obstacles };
  }

  /** Opens the import again, unless it is paused, cancelled or failed. */
  async function reopen(importId: string, retryId: string, session: ClientSession): Promise<boolean> {
    const importDoc = await transition({ imports }, importId, 'remind', {
      where: { pausedBy: { $exists: false } },
      compute: { ...WAKE_NOW, retries: { $setUnion: ['$retries', [{ $literal: retryId }]] } },
      session,
    });
    return importDoc !== null;
  }
}

/** Sent so long ago, and with so few reminders since, that one is due; the index of the same fields answers it. */
export function dueIn(organisation: OrganisationDoc, now: Date): Filter<InvitationDoc> {
  const { reminders, channels } = { ...DEFAULT_SETTINGS, ...organisation };
  const before = new Date(now.getTime() - reminders.everyHours * HOUR_MS);
  return {
    organisationId: organisation._id,
    channel: { $in: channels },
    // A number each instead of a range, so that the index goes on with the time.
    reminders: { $in: Array.from({ length: reminders.atMost }, (_, sent) => sent || null) } as never,
    changedAt: { $lte: before },
    reminderSkippedAt: { $not: { $gt: before } },
    superseded: false,
    state: { $in: NOT_ACCEPTED },
  };
}

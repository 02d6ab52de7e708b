import { CHANNELS } from '../../contract/invitation';
import type { Channel } from '../../contract/invitation';
import type { Failover } from '../../contract/sending/failover';
import type { Choices } from '../../contract/question';
import { PLANNED_ACTIONS } from '../../contract/row-plan';
import type { PlannedAction, PlanTotals } from '../../contract/row-plan';
import type { ClientSession, Filter } from 'mongodb';
import type { Collections, ImportDoc, RowDoc } from '../documents';
import type { Mongo } from '../mongo';
import { WAKE_NOW } from './outbox';
import { transition } from './transition';

/** The part of a plan about the file as a whole. */
export type PlanOfFile = Pick<ImportDoc, 'columns' | 'layout' | 'fileProblems'> &
  Required<Pick<ImportDoc, 'questions'>> &
  Partial<Pick<ImportDoc, 'planHash' | 'corrects' | 'failover'>>;

/** A plan before it is stored. */
export interface BuiltPlan {
  rows: RowDoc[];
  /** Its hash is absent if the file as a whole is rejected. */
  ofFile: PlanOfFile;
}

/** What an earlier plan of the file may have had, and this one has not. */
const absentFrom = (plan: PlanOfFile): ('planHash' | 'corrects' | 'failover')[] =>
  (['planHash', 'corrects', 'failover'] as const).filter((field) => plan[field] === undefined);

/** Erases, of rows that were just staged in this transaction, those about people who were erased while their file was not read. */
export type EraseAsRead = (
  importDoc: Pick<ImportDoc, '_id' | 'erasures'>,
  documents: readonly RowDoc[],
  session: ClientSession,
) => Promise<void>;

class TeamRemovedError extends Error {}

/** The plans of imports: the rows and the matching fields of the import, always written together. */
export function createPlans(
  { imports, rows, clientTeams, firstSends }: Pick<Collections, 'imports' | 'rows' | 'clientTeams' | 'firstSends'>,
  transaction: Mongo['transaction'],
  eraseAsRead: EraseAsRead,
) {
  /** Throws if a team was removed since the plan was built, so that the file is planned again. */
  async function assertTeamsExist(documents: RowDoc[], session: ClientSession): Promise<void> {
    const teamIds = [...new Set(documents.flatMap(({ person }) => person?.teamIds ?? []))];
    if (teamIds.length === 0) return;
    const existing = await clientTeams.countDocuments({ _id: { $in: teamIds } }, { session });
    if (existing < teamIds.length) throw new TeamRemovedError('A client team was removed while the file was planned');
  }

  async function insertRows(importDoc: ImportDoc, documents: RowDoc[], session: ClientSession): Promise<void> {
    if (documents.length > 0) await rows.insertMany(documents, { session });
    await eraseAsRead(importDoc, documents, session);
  }

  async function replaceRows(importDoc: ImportDoc, documents: RowDoc[], session: ClientSession): Promise<void> {
    await assertTeamsExist(documents, session);
    await rows.deleteMany({ importId: importDoc._id }, { session });
    await insertRows(importDoc, documents, session);
  }

  return {
    /**
     * Records the plan: staged rows, or problems of the file as a whole. Rows about people who were erased since the upload are erased
     * (`erasures` of the import). Only the first call has an effect, and returns the import;
     * another returns `null`. With `sendsFirst` the caller may claim first sends, unless the import waits for staff.
     */
    async record(
      importId: string,
      documents: RowDoc[],
      plan: PlanOfFile,
      { awaitsApproval, sendsFirst = false }: { awaitsApproval: boolean; sendsFirst?: boolean },
    ): Promise<ImportDoc | null> {
      let staged: ImportDoc | null = null;
      await transaction(async (session) => {
        await assertTeamsExist(documents, session);
        const stage = (name: 'preview' | 'stagePaused' | 'stage', where: Filter<ImportDoc> = {}) =>
          transition({ imports }, importId, name, {
            where: { plannedAt: { $exists: false }, ...where },
            set: plan,
            compute: { plannedAt: '$$NOW', remindAt: '$$NOW' },
            session,
          });
        const unpaused = awaitsApproval ? null : await stage('stage', { 'pausedBy.staff': { $exists: false } });
        // With the rows, so that no other step can.
        if (unpaused && sendsFirst) await firstSends.insertOne({ _id: importId, claims: [] }, { session });
        staged =
          unpaused ??
          (await (awaitsApproval ? stage('preview') : stage('stagePaused', { 'pausedBy.staff': { $exists: true } })));
        if (staged) await insertRows(staged, documents, session);
      });
      return staged;
    },

    /**
     * Stores the choices of an administrator together with the plan that follows from them: one cannot be seen without the
     * other. Returns whether it did: not once the plan was applied, or the choices, the plan or its teams have changed since
     * `importDoc` was read.
     */
    async choose(importDoc: ImportDoc, choices: Choices, { rows: documents, ofFile }: BuiltPlan): Promise<boolean> {
      const { _id: importId, options, planHash, erasures } = importDoc;
      let isStored = false;
      await transaction(async (session) => {
        isStored = false;
        const isCurrent = await transition({ imports }, importId, 'restage', {
          where: {
            options,
            planHash: planHash ?? { $exists: false },
            erasures: erasures ?? { $exists: false },
          },
          set: { ...ofFile, options: { ...options, ...choices } },
          unset: absentFrom(ofFile),
          // Its workflow shows the rows of the plan.
          compute: WAKE_NOW,
          session,
        });
        if (!isCurrent) return;
        await replaceRows(isCurrent, documents, session);
        isStored = true;
      }).catch((error: unknown) => {
        if (!(error instanceof TeamRemovedError)) throw error;
        isStored = false;
      });
      return isStored;
    },

    /** Replaces the plan that has `outdatedHash`, unless it was applied. */
    async replace(importId: string, outdatedHash: string, documents: RowDoc[], plan: PlanOfFile): Promise<void> {
      await transaction(async (session) => {
        const isOutdated = await transition({ imports }, importId, 'restage', {
          where: { planHash: outdatedHash },
          set: plan,
          unset: absentFrom(plan),
          session,
        });
        if (isOutdated) await replaceRows(isOutdated, documents, session);
      });
    },

    /** `failover` of the import, if it has one: what it sends on both channels is sent on the first one at first. */
    async summary(importId: string, failover?: Failover): Promise<PlanTotals> {
      const isOn = (channel: Channel) => ({ $in: [channel, '$plan.channels'] });
      const sends = (channel: Channel) => ({ $sum: { $cond: [isOn(channel), 1, 0] } });
      const segments = { $ifNull: ['$smsSegments', 0] };
      const isHeldBack = { $and: CHANNELS.map(isOn) };
      const byAction = await rows
        .aggregate<Record<Counted, number> & { _id: PlannedAction }>([
          { $match: { importId } },
          {
            $group: {
              _id: '$plan.action',
              rows: { $sum: 1 },
              email: sends('email'),
              sms: sends('sms'),
              smsSegments: { $sum: segments },
              onBoth: { $sum: { $cond: [isHeldBack, 1, 0] } },
              segmentsOnBoth: { $sum: { $cond: [isHeldBack, segments, 0] } },
            },
          },
        ])
        .toArray();
      const sum = (counted: Counted): number => byAction.reduce((total, group) => total + group[counted], 0);
      const messages = { email: sum('email'), sms: sum('sms') };
      const smsSegments = sum('smsSegments');
      return {
        actions: Object.fromEntries(
          PLANNED_ACTIONS.map((action) => [action, byAction.find(({ _id }) => _id === action)?.rows ?? 0]),
        ) as Record<PlannedAction, number>,
        messages,
        smsSegments,
        ...(failover && {
          atFirst:
            failover.first === 'email'
              ? {
                  messages: { ...messages, sms: messages.sms - sum('onBoth') },
                  smsSegments: smsSegments - sum('segmentsOnBoth'),
                }
              : { messages: { ...messages, email: messages.email - sum('onBoth') }, smsSegments },
        }),
      };
    },
  };
}

type Counted = 'rows' | 'email' | 'sms' | 'smsSegments' | 'onBoth' | 'segmentsOnBoth';

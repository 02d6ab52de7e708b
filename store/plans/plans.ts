import type { Failover } from '../../contract/sending/failover';
import type { Choices } from '../../contract/question';
import type { PlanTotals } from '../../contract/row-plan';
import { isHeld } from '../../domain/long-list';
import type { List } from '../../domain/long-list';
import type { ClientSession, Filter } from 'mongodb';
import type { Collections, ImportDoc, RowDoc } from '../documents';
import type { EraseAsRead } from '../erasure/erase-as-read';
import type { Mongo } from '../mongo';
import { WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';
import { createLongPlans } from './long-plans';
import { sumUpPlan } from './plan-totals';

/** The part of a plan about the file as a whole. */
export type PlanOfFile = Pick<ImportDoc, 'columns' | 'layout' | 'fileProblems'> &
  Required<Pick<ImportDoc, 'questions'>> &
  Partial<Pick<ImportDoc, 'planHash' | 'rowCount' | 'corrects' | 'failover'>>;

/** A plan before it is stored. */
export interface BuiltPlan {
  /** Packed where they are many: such a plan is staged in pages. */
  rows: List<RowDoc>;
  /** Its hash is absent if the file as a whole is rejected. */
  ofFile: PlanOfFile;
}

interface RecordOptions {
  awaitsApproval: boolean;
  sendsFirst?: boolean;
  /** Is waited for between the pages of a long plan, and ends the staging by what it throws. */
  betweenPages?: () => Promise<void>;
}

/** What an earlier plan of the file may have had, and this one has not. */
const absentFrom = (plan: PlanOfFile): ('planHash' | 'corrects' | 'failover')[] =>
  (['planHash', 'corrects', 'failover'] as const).filter((field) => plan[field] === undefined);

class TeamRemovedError extends Error {}

/** The plans of imports: the rows and the matching fields of the import, always written together. */
export function createPlans(
  { imports, rows, clientTeams, firstSends }: Pick<Collections, 'imports' | 'rows' | 'clientTeams' | 'firstSends'>,
  transaction: Mongo['transaction'],
  eraseAsRead: EraseAsRead,
) {
  /** Throws if a team was removed since the plan was built, so that the file is planned again. */
  async function assertTeamsExist(documents: List<RowDoc>, session: ClientSession): Promise<void> {
    const named = new Set<string>();
    for (const { person } of documents) for (const id of person?.teamIds ?? []) named.add(id);
    const teamIds = [...named];
    if (teamIds.length === 0) return;
    const existing = await clientTeams.countDocuments({ _id: { $in: teamIds } }, { session });
    if (existing < teamIds.length) throw new TeamRemovedError('A client team was removed while the file was planned');
  }

  const long = createLongPlans({ imports, rows }, transaction, eraseAsRead);

  async function insertRows(importDoc: ImportDoc, documents: readonly RowDoc[], session: ClientSession): Promise<void> {
    if (documents.length > 0) await rows.insertMany([...documents], { session });
    await eraseAsRead(importDoc, documents, session);
  }

  /** Stages a plan, by the transition that fits. Returns the import as it is then; `null` if it has a plan, or an attempt after this. */
  async function stagePlan(
    importId: string,
    plan: PlanOfFile,
    { awaitsApproval, sendsFirst, attempt }: RecordOptions & { attempt?: string },
    session: ClientSession,
  ): Promise<ImportDoc | null> {
    const stage = (name: 'preview' | 'stagePaused' | 'stage', where: Filter<ImportDoc> = {}) =>
      transition({ imports }, importId, name, {
        where: {
          plannedAt: { $exists: false },
          ...(attempt !== undefined && { 'staging.id': attempt }),
          ...where,
        },
        set: plan,
        ...(attempt !== undefined && { unset: ['staging'] as const }),
        compute: { plannedAt: '$$NOW', remindAt: '$$NOW' },
        session,
      });
    const unpaused = awaitsApproval ? null : await stage('stage', { 'pausedBy.staff': { $exists: false } });
    // With the rows, so that no other step can.
    if (unpaused && sendsFirst) await firstSends.insertOne({ _id: importId, claims: [] }, { session });
    if (unpaused) return unpaused;
    return awaitsApproval ? stage('preview') : stage('stagePaused', { 'pausedBy.staff': { $exists: true } });
  }

  async function replaceRows(
    importDoc: ImportDoc,
    documents: readonly RowDoc[],
    session: ClientSession,
  ): Promise<void> {
    await assertTeamsExist(documents, session);
    await rows.deleteMany({ importId: importDoc._id }, { session });
    await insertRows(importDoc, documents, session);
  }

  return {
    /**
     * Records the plan: staged rows, or problems of the file as a whole. Rows about people who were erased since the upload are erased
     * (`erasures` of the import). Only the first call has an effect, and returns the import;
     * another returns `null`. With `sendsFirst` the caller may claim first sends, unless the import waits for staff; not of a long plan.
     */
    async record(
      importId: string,
      documents: List<RowDoc>,
      plan: PlanOfFile,
      options: RecordOptions,
    ): Promise<ImportDoc | null> {
      let staged: ImportDoc | null = null;
      if (isHeld(documents)) {
        await transaction(async (session) => {
          await assertTeamsExist(documents, session);
          staged = await stagePlan(importId, plan, options, session);
          if (staged) await insertRows(staged, documents, session);
        });
        return staged;
      }
      const attempt = await long.begin(importId);
      if (attempt === null) return null;
      const finish = async (session: ClientSession): Promise<boolean> => {
        await assertTeamsExist(documents, session);
        staged = await stagePlan(importId, plan, { ...options, sendsFirst: false, attempt }, session);
        return staged !== null;
      };
      await long.stage(importId, attempt, documents, { finish, betweenPages: options.betweenPages });
      return staged;
    },

    planAgain: (...asked: Parameters<typeof long.planAgain>): Promise<boolean> => long.planAgain(...asked),
    takeOver: (importId: string): Promise<string | null> => long.takeOver(importId),

    /** Stages the rows of a preview again, by the attempt that has taken it over. Returns whether it is still the one. */
    restage(
      importId: string,
      attempt: string,
      { rows: documents, ofFile: plan }: BuiltPlan,
      betweenPages?: () => Promise<void>,
    ): Promise<boolean> {
      const finish = async (session: ClientSession): Promise<boolean> => {
        await assertTeamsExist(documents, session);
        const staged = await transition({ imports }, importId, 'restage', {
          where: { 'staging.id': attempt },
          set: plan,
          unset: ['staging', ...absentFrom(plan)],
          compute: WAKE_NOW,
          session,
        });
        return staged !== null;
      };
      return long.stage(importId, attempt, documents, { finish, betweenPages });
    },

    /**
     * Stores the choices of an administrator together with the plan that follows from them: one cannot be seen without the
     * other. Returns whether it did: not once the plan was applied, or the choices, the plan or its teams have changed since
     * `importDoc` was read.
     */
    async choose(
      importDoc: ImportDoc,
      choices: Choices,
      { rows: documents, ofFile }: BuiltPlan & { rows: readonly RowDoc[] },
    ): Promise<boolean> {
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
          unset: ['staging', ...absentFrom(ofFile)],
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
    async replace(
      importId: string,
      outdatedHash: string,
      documents: readonly RowDoc[],
      plan: PlanOfFile,
    ): Promise<void> {
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

    summary: (importId: string, failover?: Failover): Promise<PlanTotals> => sumUpPlan({ rows }, importId, failover),
  };
}

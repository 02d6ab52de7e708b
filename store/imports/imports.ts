import type { Filter } from 'mongodb';
import type { ImportKind } from '../../contract/import';
import { isResting, statusesThat } from '../../contract/import-status';
import type { ImportStatus } from '../../contract/import-status';
import type { ProblemCode } from '../../contract/problem-codes';
import type { PlanTotals } from '../../contract/row-plan';
import type { Schedule } from '../../domain/sending-times/sending-times';
import { readTogether } from '../../platform/read-together';
import type { Collections, ImportDoc } from '../documents';
import { beginningWith, createdWithin, endOfPageBefore, literal, NEWEST_FIRST, olderThan } from '../paging';
import { SCHEDULE_AS_APPLIED } from './next-schedule';
import { WAKE_NOW } from './outbox';
import { transition } from './transition';

/** The transition to each step of the workflow. */
const STEPS = {
  planning: 'plan',
  creating: 'write',
  inviting: 'send',
  settling: 'settle',
  scheduled: 'schedule',
} as const;

interface ImportsPage {
  organisationId: string;
  limit: number;
  status?: ImportStatus;
  /** How its id begins, and that of its upload; each may be the whole id. */
  id?: string;
  batchId?: string;
  kind?: ImportKind;
  /** A part of the name of the file, whatever the case. */
  fileName?: string;
  /** A problem of the file, of one of its rows, or of one of its newest messages. */
  code?: ProblemCode;
  /** When it was uploaded: from then on, and before. */
  since?: Date;
  until?: Date;
  /** Id of the last import of the page before. */
  after?: string;
}

/** What a list shows of an import. The rest, and most of all what grows with the file, takes longer to read. */
export type ListedImport = Omit<ImportDoc, (typeof UNLISTED)[number]>;
const UNLISTED = [
  ...(['columns', 'layout', 'retries', 'commands'] as const),
  ...(['bytes', 'sha256', 'createdByRole', 'checkAt', 'approvedPlan', 'erasures', 'erasedRows'] as const),
  ...(['restoredAt', 'notify'] as const),
] as const;
/** The projection to it. */
export const LISTED = Object.fromEntries(UNLISTED.map((field) => [field, 0]));

function fieldsOf(filters: Omit<ImportsPage, 'organisationId' | 'limit' | 'after' | 'code'>): Filter<ImportDoc> {
  const { id, status, batchId, kind, fileName, since, until } = filters;
  return {
    ...(status && { status }),
    ...(id !== undefined && { _id: beginningWith(id) }),
    ...(batchId !== undefined && { batchId: beginningWith(batchId) }),
    ...(kind && { kind }),
    ...(fileName !== undefined && { fileName: { $regex: literal(fileName), $options: 'i' } }),
    ...createdWithin(since, until),
  };
}

const isUnderWay = (status: ImportStatus): boolean => !isResting(status);

/** The imports, one document per file. */
export function createImports({ imports, rows, invitations }: Pick<Collections, 'imports' | 'rows' | 'invitations'>) {
  const findTogether = readTogether(async (importIds: readonly string[]) => {
    const found = await imports.find({ _id: { $in: [...new Set(importIds)] } }).toArray();
    const byId = new Map(found.map((importDoc) => [importDoc._id, importDoc]));
    return importIds.map((importId) => byId.get(importId));
  });

  /** Imports that have this problem: of the file, in a row, or in the newest message of a channel to its person. */
  async function having(organisationId: string, code: ProblemCode): Promise<Filter<ImportDoc>> {
    const [ofRows, ofMessages] = await Promise.all([
      rows.distinct('importId', { organisationId, 'problems.code': code }),
      invitations.distinct('importId', { organisationId, code, superseded: false }),
    ]);
    return { $or: [{ 'fileProblems.code': code }, { _id: { $in: [...ofRows, ...ofMessages] } }] };
  }

  return {
    find: (importId: string): Promise<ImportDoc | null> => imports.findOne({ _id: importId }),

    /** As those who watch an import ask for it, many at once. */
    async findIn(organisationId: string, importId: string): Promise<ImportDoc | null> {
      const importDoc = await findTogether(importId);
      return importDoc?.organisationId === organisationId ? importDoc : null;
    },

    /** Those of these imports that there are. */
    findAll: (importIds: readonly string[]): Promise<Pick<ImportDoc, '_id' | 'organisationId' | 'plannedAt'>[]> =>
      imports
        .find({ _id: { $in: [...new Set(importIds)] } })
        .project<Pick<ImportDoc, '_id' | 'organisationId' | 'plannedAt'>>({ organisationId: 1, plannedAt: 1 })
        .toArray(),

    /** The files that an upload has before this position, in its order. */
    findBefore: (organisationId: string, batchId: string, position: number): Promise<ImportDoc[]> =>
      imports
        .find({ organisationId, batchId, positionInBatch: { $lt: position } })
        .sort({ positionInBatch: 1 })
        .toArray(),

    /** Newest first. Throws an `UnknownCursorError`. */
    async list({ organisationId, limit, after, code, ...filters }: ImportsPage): Promise<ListedImport[]> {
      const [last, withCode] = await Promise.all([
        endOfPageBefore(after, (_id) => imports.findOne({ _id, organisationId })),
        code && having(organisationId, code),
      ]);
      const conditions = [fieldsOf(filters), ...(last ? [olderThan(last)] : []), ...(withCode ? [withCode] : [])];
      return imports
        .find({ organisationId, $and: conditions })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .project<ListedImport>(LISTED)
        .toArray();
    },

    /** Whether its organisation has no other import that a worker is at, or should be. */
    async isOnlyOneUnderWay({ _id, organisationId }: ImportDoc): Promise<boolean> {
      const others = { organisationId, _id: { $ne: _id }, status: { $in: statusesThat(isUnderWay) } };
      // By the index of those that have not ended: an organisation has many more that have.
      const another = await imports.findOne(
        { checkAt: { $exists: true }, ...others },
        { projection: { _id: 1 }, hint: { checkAt: 1 } },
      );
      return another === null;
    },

    /** Moves the import forward to a later step, and returns its status then. Idempotent: a later status stays, for `null`. */
    async advance(importId: string, to: keyof typeof STEPS): Promise<ImportStatus | null> {
      return (await transition({ imports }, importId, STEPS[to]))?.status ?? null;
    },

    /**
     * Applies the plan of an import that waits for approval, if it has this hash, was made after `plannedAfter` and leaves no
     * question open. What was approved stays on record. Returns whether it did.
     */
    async applyPlan(
      importId: string,
      planHash: string,
      plannedAfter: Date,
      approvedPlan: PlanTotals,
    ): Promise<boolean> {
      const where = { planHash, plannedAt: { $gt: plannedAfter }, 'questions.0': { $exists: false } };
      return (
        (await transition({ imports }, importId, 'applyPlan', {
          where,
          set: { approvedPlan },
          compute: { appliedAt: '$$NOW', schedule: SCHEDULE_AS_APPLIED },
          unset: ['applyRequest'],
        })) !== null
      );
    },

    /** Reopens an import that rested at `revision`, because some of its rows no longer wait. */
    async resume(importId: string, revision: number): Promise<boolean> {
      return (await transition({ imports }, importId, 'release', { revision })) !== null;
    },

    /** Closes the import with this status and returns it; `null` if it was revised since `revision`. */
    close: (importId: string, status: ImportStatus, revision: number): Promise<ImportDoc | null> =>
      transition({ imports }, importId, 'close', {
        to: status,
        revision,
        // Only an import with waiting rows can still be paused.
        ...(status !== 'paused' && { unset: ['pausedBy'] }),
      }),

    /** Closes an import whose undo was asked for before it ended, so that it is undone next. As `close` otherwise. */
    closeToUndo: (importId: string, revision: number): Promise<ImportDoc | null> =>
      transition({ imports }, importId, 'closeToUndo', { revision, unset: ['pausedBy'] }),

    /**
     * Asks the workflow to apply this plan of a preview, to be sent by `schedule` if there is one, and signals it. Returns the import, or
     * `null` if its plan is another, older than `plannedAfter`, asks something, is applied or is to be sent by another schedule already, or if
     * the import is being cancelled.
     */
    requestApply: (
      importId: string,
      planHash: string,
      plannedAfter: Date,
      schedule?: Omit<Schedule, 'version'>,
    ): Promise<ImportDoc | null> =>
      transition({ imports }, importId, 'requestApply', {
        where: {
          planHash,
          plannedAt: { $gt: plannedAfter },
          'questions.0': { $exists: false },
          'pausedBy.staff.cancels': { $exists: false },
          // Of two who apply it at the same time, each is to be sure of the time that they were told.
          $or: [
            { 'applyRequest.planHash': { $ne: planHash } },
            { 'applyRequest.schedule': schedule ?? { $exists: false } },
          ],
        },
        compute: {
          ...WAKE_NOW,
          applyRequest: {
            planHash: { $literal: planHash },
            at: '$$NOW',
            ...(schedule && { schedule: { $literal: schedule } }),
          },
        },
      }),

    /** Withdraws a request to apply a plan that cannot be applied. */
    async refuseApply(importId: string, planHash: string): Promise<void> {
      await transition({ imports }, importId, 'refuseApply', {
        where: { 'applyRequest.planHash': planHash },
        unset: ['applyRequest'],
      });
    },
  };
}

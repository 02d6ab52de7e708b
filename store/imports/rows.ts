import type { ClientSession, Filter, UpdateFilter } from 'mongodb';
import { boundsOfPage, PAGE_ROWS } from '../../contract/pages/pages';
import type { RowStatus } from '../../contract/row';
import type { CellProblem } from '../../contract/problem';
import type { ProblemCode } from '../../contract/problem-codes';
import type { RowEdits } from '../../domain/checking/row-edits';
import type { Collections, RowDoc } from '../documents';
import { rowId } from '../documents';
import { literal } from '../paging';

interface RowsPage {
  limit: number;
  /** Only rows below this line. */
  after?: number;
  /** Only rows up to this line. */
  upTo?: number;
  status?: RowStatus;
  statuses?: readonly RowStatus[];
  /** Only these lines. */
  among?: number[];
  /** Only rows with a problem of this code, and these lines. */
  code?: { code: string; orAmong: number[] };
  text?: TextFilter;
}

/** What a name, an address, a number or the company of a row must contain, whatever the case; with `whole`, what it must be. */
export interface TextFilter {
  text: string;
  whole: boolean;
}

/** The values of a row, and the cells of a rejected one as they were typed. */
const SEARCHED = ['firstName', 'lastName', 'email', 'mobile', 'company'].flatMap((field) => [
  `person.${field}`,
  `cells.${field}`,
]);

function withText({ text, whole }: TextFilter): Filter<RowDoc> {
  const part = literal(text);
  const pattern = { $regex: whole ? `^${part}$` : part, $options: 'i' };
  return { $or: SEARCHED.map((field) => ({ [field]: pattern })) };
}

/** The warning of a waiting row; it is removed when the row stops waiting. */
const WAITING: ProblemCode = 'group.waiting';

/** The rows that wait, of all imports. They are found by their warning: no index of the rows may hold their status. */
export const isWaiting = { 'problems.code': WAITING, status: 'waiting' } as const;

/** An expression for the problems of a row that waits no longer. */
export const withoutWaiting = { $filter: { input: '$problems', cond: { $ne: ['$$this.code', WAITING] } } };

/** An update of rows that may have waited, and wait no longer. */
export const leaveWaiting = (status: RowStatus): UpdateFilter<RowDoc> => ({
  $set: { status },
  $pull: { problems: { code: WAITING } },
});

/** Those of the people whose creating row is still being applied, so that its invitations may not be staged yet. */
export const findBeingCreated = (
  { rows }: Pick<Collections, 'rows'>,
  personIds: string[],
  session?: ClientSession,
): Promise<string[]> =>
  // The id of a person is that of the row which created them.
  rows.distinct('_id', { _id: { $in: personIds }, status: 'pending' }, { ...(session && { session }) });

/** The staged rows, one document per spreadsheet line. */
export function createRows({ rows }: Pick<Collections, 'rows'>) {
  return {
    /** One row; `null` before it is staged. */
    find: (importId: string, row: number): Promise<RowDoc | null> => rows.findOne({ _id: rowId(importId, row) }),

    findPending: (importId: string, among?: number[]): Promise<RowDoc[]> =>
      rows
        .find({ importId, status: 'pending', ...(among && { row: { $in: among } }) })
        .sort({ row: 1 })
        .toArray(),

    /** The `pending` rows of a page. */
    findPendingOf(importId: string, page: number): Promise<RowDoc[]> {
      const { from, to } = boundsOfPage(page);
      return rows
        .find({ importId, row: { $gte: from, $lte: to }, status: 'pending' })
        .sort({ row: 1 })
        .toArray();
    },

    /** Whether so many rows are staged that the import is taken page by page. */
    async isPaged(importId: string): Promise<boolean> {
      return (await rows.countDocuments({ importId }, { limit: PAGE_ROWS + 1 })) > PAGE_ROWS;
    },

    /** Changes the status of the rows that are `pending`. Returns how many were. */
    async finish(importId: string, lines: number[], status: RowStatus): Promise<number> {
      if (lines.length === 0) return 0;
      const { matchedCount } = await rows.updateMany(
        { _id: { $in: lines.map((line) => rowId(importId, line)) }, status: 'pending' },
        { $set: { status } },
      );
      return matchedCount;
    },

    /** Ends all pending and waiting rows. */
    async finishAllOpen(importId: string, status: RowStatus): Promise<void> {
      await rows.updateMany({ importId, status: { $in: ['pending', 'waiting'] } }, leaveWaiting(status));
    },

    /** Those of these rows that were corrected or put aside by hand. */
    findChanged: (rowIds: string[]): Promise<RowDoc[]> =>
      rows
        .find({
          _id: { $in: rowIds },
          $or: [{ corrections: { $exists: true } }, { typed: { $exists: true } }, { ignored: { $exists: true } }],
        })
        .toArray(),
    /** What was typed and put aside by hand, by line. */
    async edits(importId: string): Promise<RowEdits> {
      const edited = await rows
        .find(
          { importId, $or: [{ typed: { $exists: true } }, { ignored: { $exists: true } }] },
          { projection: { row: 1, typed: 1, ignored: 1 } },
        )
        .toArray();
      return new Map(
        edited.map(({ row, typed, ignored }) => [row, { ...(typed && { typed }), ...(ignored && { ignored }) }]),
      );
    },

    findWaiting: (importId: string): Promise<RowDoc[]> => rows.find({ importId, status: 'waiting' }).toArray(),

    /** Makes the rows that wait for one of these teams `pending`. */
    async release(importId: string, teamIds: string[]): Promise<void> {
      await rows.updateMany(
        { importId, status: 'waiting', 'person.teamIds': { $in: teamIds } },
        leaveWaiting('pending'),
      );
    },

    /**
     * Replaces pending rows, except those that were corrected by hand: for them the file is outdated. With `ifNew` those alone that are to
     * create somebody.
     */
    async replan(documents: RowDoc[], { ifNew = false } = {}): Promise<void> {
      if (documents.length === 0) return;
      await rows.bulkWrite(
        documents.map(({ _id, ...fields }) => ({
          replaceOne: {
            filter: {
              ...{ _id, status: 'pending' as const, corrections: { $exists: false } },
              ...(ifNew && { 'plan.personId': { $exists: false } }),
            },
            replacement: fields,
          },
        })),
        { ordered: false },
      );
    },

    /** Rejects the rows that are still `from` for a problem that appeared after the plan. */
    async reject(
      importId: string,
      rejected: { row: number; problem: CellProblem }[],
      from: Extract<RowStatus, 'pending' | 'waiting'> = 'pending',
    ): Promise<void> {
      if (rejected.length === 0) return;
      await rows.bulkWrite(
        rejected.map(({ row, problem }) => ({
          updateOne: {
            filter: { _id: rowId(importId, row), status: from },
            update: [
              { $set: { status: 'rejected', problems: { $concatArrays: [withoutWaiting, [{ $literal: problem }]] } } },
            ],
          },
        })),
        { ordered: false },
      );
    },

    /** By line. Reads the rows in their order until there are enough. */
    page(importId: string, { limit, after, upTo, status, statuses, among, code, text }: RowsPage): Promise<RowDoc[]> {
      const conditions: Filter<RowDoc>[] = [
        ...(code ? [{ $or: [{ 'problems.code': code.code as ProblemCode }, { row: { $in: code.orAmong } }] }] : []),
        ...(text ? [withText(text)] : []),
      ];
      return rows
        .find({
          importId,
          row: { $gt: after ?? 0, ...(upTo !== undefined && { $lte: upTo }), ...(among && { $in: among }) },
          ...(status && { status }),
          ...(statuses && { status: { $in: [...statuses] } }),
          ...(conditions.length > 0 && { $and: conditions }),
        })
        .sort({ row: 1 })
        .limit(limit)
        .toArray();
    },
  };
}

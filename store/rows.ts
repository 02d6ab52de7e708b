import type { RowOutcome, RowStatus } from '../contract/row';
import type { CellProblem } from '../contract/problem';
import type { Collections } from './collections';
import { rowId } from './documents';
import type { RowDoc } from './documents';
import { insertMissing } from './duplicates';
import { groupRows } from './outcomes';

export interface RowsPage {
  limit: number;
  /** Only rows below this line. */
  after?: number;
  status?: RowStatus;
  /** Only these lines. */
  among?: number[];
}

/** The staged rows: one document a spreadsheet line. */
export function createRows({ rows }: Pick<Collections, 'rows'>) {
  return {
    /**
     * Stages checked rows. A row that is there already stays as it is, so a planning that ran twice, or that woke up
     * after another took over, changes nothing.
     */
    stage: async (documents: RowDoc[]): Promise<void> => void (await insertMissing(rows, documents)),

    /** Where the rows of an import stand. */
    async outcomes(importId: string, among?: number[]): Promise<RowOutcome[]> {
      const found = await rows
        .find(
          { importId, ...(among && { row: { $in: among } }) },
          { projection: { row: 1, status: 1, 'problems.code': 1 } },
        )
        .sort({ row: 1 })
        .toArray();
      return groupRows(found);
    },

    pending: (importId: string, among?: number[]): Promise<RowDoc[]> =>
      rows
        .find({ importId, status: 'pending', ...(among && { row: { $in: among } }) })
        .sort({ row: 1 })
        .toArray(),

    /** Moves rows on from `pending`; rows that are further already stay. */
    async finish(importId: string, lines: number[], status: RowStatus): Promise<void> {
      if (lines.length === 0) return;
      await rows.updateMany(
        { _id: { $in: lines.map((line) => rowId(importId, line)) }, status: 'pending' },
        { $set: { status } },
      );
    },

    async finishAllPending(importId: string, status: RowStatus): Promise<void> {
      await rows.updateMany({ importId, status: 'pending' }, { $set: { status } });
    },

    /** Refuses rows whose problem only showed when they were written. */
    async reject(importId: string, refused: { row: number; problem: CellProblem }[]): Promise<void> {
      if (refused.length === 0) return;
      await rows.bulkWrite(
        refused.map(({ row, problem }) => ({
          updateOne: {
            filter: { _id: rowId(importId, row), status: 'pending' },
            update: { $set: { status: 'rejected' }, $push: { problems: problem } },
          },
        })),
        { ordered: false },
      );
    },

    page: (importId: string, { limit, after, status, among }: RowsPage): Promise<RowDoc[]> =>
      rows
        .find({
          importId,
          row: { $gt: after ?? 0, ...(among && { $in: among }) },
          ...(status && { status }),
        })
        .sort({ row: 1 })
        .limit(limit)
        .toArray(),
  };
}
export type Rows = ReturnType<typeof createRows>;

import type { ClientSession } from 'mongodb';
import type { Collections, ImportDoc, RowDoc } from '../documents';
import { isAbout, isOfSomebodyElse } from './find-traces';
import { eraseRow } from './redaction';

/** Erases, of rows that were just staged in this transaction, those about people who were erased while their file was not read. */
export type EraseAsRead = (
  importDoc: Pick<ImportDoc, '_id' | 'erasures'>,
  documents: readonly RowDoc[],
  session: ClientSession,
) => Promise<void>;

/**
 * Returns the function that erases, of rows that were just staged, those about people who were erased while their file was not read.
 * It does so in the transaction that stages them, so that no step ever sees such a row as one to be applied. What else their file holds
 * goes when the erasure is gone on with, which is due from then on.
 */
export function createErasureAsRead({ erasures, rows }: Pick<Collections, 'erasures' | 'rows'>): EraseAsRead {
  return async ({ _id: importId, erasures: personIds = [] }, documents, session) => {
    if (personIds.length === 0) return;
    const open = await erasures.find({ _id: { $in: personIds }, sought: { $exists: true } }, { session }).toArray();
    for (const { _id: personId, sought } of open) {
      // A step that had read the person before has planned to change them.
      const isTheirs = (row: RowDoc): boolean =>
        row.plan.personId === personId || (!isOfSomebodyElse(personId, row) && isAbout(sought!, row));
      const found = documents.filter(isTheirs);
      const rowIds = found.map(({ _id }) => _id);
      if (rowIds.length > 0) await rows.updateMany({ _id: { $in: rowIds } }, eraseRow(personId), { session });
      await erasures.updateOne(
        { _id: personId },
        {
          $addToSet: { rowIds: { $each: rowIds }, importIds: { $each: rowIds.length > 0 ? [importId] : [] } },
          $currentDate: { checkAt: true },
          $unset: { waits: '' },
        },
        { session },
      );
    }
  };
}

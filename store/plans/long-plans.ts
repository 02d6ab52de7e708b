import { randomUUID } from 'node:crypto';
import type { ClientSession, UpdateFilter } from 'mongodb';
import type { Choices } from '../../contract/question';
import type { RowEdit, RowEdits } from '../../domain/checking/row-edits';
import { pagesOf } from '../../domain/long-list';
import type { List } from '../../domain/long-list';
import type { Collections, ImportDoc, RowDoc } from '../documents';
import { rowId } from '../documents';
import type { EraseAsRead } from '../erasure/erase-as-read';
import { WAKE_NOW } from '../imports/outbox';
import { transition } from '../imports/transition';
import type { Mongo } from '../mongo';

/** MongoDB advises against more documents in one transaction. */
const ROWS_A_TRANSACTION = 1_000;

/** A plan whose rows take many transactions. Another attempt at it, which the import names then, has made this one's rows stale. */
class AttemptOutdatedError extends Error {}

/**
 * The plans of long files. Their rows are staged page by page by one attempt, whose id the import holds: a page of an older attempt,
 * of a worker that was thought dead, is not written. The fields of the import follow in the last transaction, so that a plan counts
 * as a whole or not at all; an attempt after a crash writes over the pages of the one before.
 */
export function createLongPlans(
  { imports, rows }: Pick<Collections, 'imports' | 'rows'>,
  transaction: Mongo['transaction'],
  eraseAsRead: EraseAsRead,
) {
  /** Writes a page in place of the rows that have stood between its lines and the page before. */
  async function stagePage(
    { _id: importId, id }: { _id: string; id: string },
    page: readonly RowDoc[],
    after: number,
  ): Promise<void> {
    const line = page.at(-1)!.row;
    await transaction(async (session) => {
      // A write, so that two attempts conflict.
      const importDoc = await imports.findOneAndUpdate(
        { _id: importId, 'staging.id': id },
        { $set: { 'staging.line': line } },
        { returnDocument: 'after', session },
      );
      if (!importDoc) throw new AttemptOutdatedError();
      await rows.deleteMany({ importId, row: { $gt: after, $lte: line } }, { session });
      await rows.insertMany([...page], { session });
      await eraseAsRead(importDoc, page, session);
    });
  }

  return {
    /** Makes this the attempt that stages the rows of an import. `null` if it is planned, or must not be any more. */
    async begin(importId: string): Promise<string | null> {
      const id = randomUUID();
      const begun = await imports.updateOne(
        { _id: importId, status: 'planning', plannedAt: { $exists: false } },
        { $set: { staging: { id, line: 0 } } },
      );
      return begun.matchedCount > 0 ? id : null;
    },

    /** Makes this the attempt that stages the rows of a preview again. `null` where that need not be. */
    async takeOver(importId: string): Promise<string | null> {
      const id = randomUUID();
      const taken = await imports.updateOne(
        { _id: importId, status: 'awaiting-approval', staging: { $exists: true } },
        { $set: { staging: { id, line: 0 } } },
      );
      return taken.matchedCount > 0 ? id : null;
    },

    /**
     * Writes the rows of an attempt, then lets `finish` write the fields of the import in the transaction that removes the rows below
     * them. Returns false if there is a newer attempt, or none is wanted any more.
     */
    async stage(
      importId: string,
      id: string,
      documents: List<RowDoc>,
      {
        finish,
        betweenPages,
      }: { finish: (session: ClientSession) => Promise<boolean>; betweenPages?: (() => Promise<void>) | undefined },
    ): Promise<boolean> {
      let after = 0;
      try {
        for (const page of pagesOf(documents, ROWS_A_TRANSACTION)) {
          await stagePage({ _id: importId, id }, page, after);
          after = page.at(-1)!.row;
          await betweenPages?.();
        }
      } catch (error) {
        if (error instanceof AttemptOutdatedError) return false;
        throw error;
      }
      let isStaged = false;
      await transaction(async (session) => {
        isStaged = await finish(session);
        if (isStaged) await rows.deleteMany({ importId, row: { $gt: after } }, { session });
      });
      return isStaged;
    },

    /**
     * Has a preview planned again by its workflow: with other choices, or other edits of its rows. Until then it has no plan that could be
     * applied. Returns false if the import is no longer as it was read. Of another sheet no edits are kept.
     */
    async planAgain(
      { _id: importId, options, planHash, erasures }: ImportDoc,
      { choices = {}, edits, dropsEdits = false }: { choices?: Choices; edits?: RowEdits; dropsEdits?: boolean },
    ): Promise<boolean> {
      let isMarked = false;
      await transaction(async (session) => {
        const marked = await transition({ imports }, importId, 'restage', {
          where: { options, planHash: planHash ?? { $exists: false }, erasures: erasures ?? { $exists: false } },
          set: { options: { ...options, ...choices }, staging: { id: randomUUID(), line: 0 } },
          unset: ['planHash', 'applyRequest'],
          compute: WAKE_NOW,
          session,
        });
        isMarked = marked !== null;
        if (!isMarked) return;
        if (dropsEdits) {
          const isEdited = { $or: [{ typed: { $exists: true } }, { ignored: { $exists: true } }] };
          await rows.updateMany({ importId, ...isEdited }, { $unset: { typed: '', ignored: '' } }, { session });
        }
        if (!edits || edits.size === 0) return;
        await rows.bulkWrite(
          [...edits].map(([line, edit]) => ({
            updateOne: { filter: { _id: rowId(importId, line) }, update: editOf(edit) },
          })),
          { session, ordered: false },
        );
      });
      return isMarked;
    },
  };
}

function editOf({ typed, ignored }: RowEdit): UpdateFilter<RowDoc> {
  const set = { ...(typed && { typed }), ...(ignored && { ignored }) };
  const unset = { ...(!typed && { typed: '' as const }), ...(!ignored && { ignored: '' as const }) };
  return {
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
  };
}

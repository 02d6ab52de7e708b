import { neutralName } from '../../domain/erasure/sought';
import type { Collections } from '../documents';
import { markToWake, WAKE_NOW } from '../imports/outbox';
import { leaveWaiting } from '../imports/rows';
import { transition } from '../imports/transition';
import type { Uploads } from '../imports/uploads';
import { holdFirstSends } from '../hold-first-sends';
import { firstSendsOfRow } from '../ids';
import { transitionFilter, transitionUpdate } from '../invitations/transition-update';
import type { Mongo } from '../mongo';
import type { ErasureDoc } from './erasure-documents';
import { eraseRow } from './redaction';
import { removeFile } from './remove-file';

/** Returns the function that removes what was found of a person. Idempotent: it may stop anywhere and begin anew. */
export function createTraceRemoval(
  { people, imports, rows, invitations, firstSends, batches, idempotencyKeys }: Collections,
  transaction: Mongo['transaction'],
  uploads: Uploads,
) {
  /** The order matters: senders are stopped first, and a preview is ended before its rows change. */
  return async function removeTraces({ _id: personId, rowIds, importIds, ...named }: ErasureDoc): Promise<void> {
    await markSenders(rowIds);
    const personIds = peopleOf(personId, rowIds);
    const pending = transitionFilter('suppress', { personId: { $in: personIds } });
    await invitations.updateMany(pending, transitionUpdate('suppress', { code: 'person.erased' }));
    await invitations.updateMany(
      { personId: { $in: personIds }, erasedAt: { $exists: false } },
      { $currentDate: { erasedAt: true } },
    );
    for (const importId of importIds) await endPreview(importId);
    await rows.updateMany({ _id: { $in: rowIds }, erased: { $exists: false } }, eraseRow(personId));
    // A step that was at such a row may have created the person once more.
    await people.deleteMany({ _id: { $in: personIds } });
    for (const importId of importIds) await removeFile({ imports }, uploads, importId);
    await rename(named);
    const affected = importsOf(rowIds);
    // A step that has counted before must not close an import on that count.
    await imports.updateMany({ _id: { $in: affected } }, { $inc: { revision: 1, countsRevision: 1 } });
    await markToWake({ imports }, affected);
  };

  async function markSenders(rowIds: string[]): Promise<void> {
    const lines = new Map<string, number[]>();
    for (const id of rowIds) {
      const at = id.lastIndexOf(':');
      const importId = id.slice(0, at);
      lines.set(importId, [...(lines.get(importId) ?? []), Number(id.slice(at + 1))]);
    }
    if (lines.size === 0) return;
    await imports.bulkWrite(
      [...lines].map(([_id, among]) => ({
        updateOne: { filter: { _id }, update: { $addToSet: { erasedRows: { $each: among } } } },
      })),
      { ordered: false },
    );
    // Behind the marks, which a claim finds once it is told to look.
    await holdFirstSends({ firstSends }, [...lines.keys()]);
  }

  /** A preview has written and sent nothing, and its plan would be another one without the person. */
  async function endPreview(importId: string): Promise<void> {
    await transaction(async (session) => {
      const ended = await transition({ imports }, importId, 'close', {
        to: 'cancelled',
        where: { $and: [{ status: 'awaiting-approval' as const }] },
        compute: WAKE_NOW,
        unset: ['pausedBy', 'applyRequest'],
        session,
      });
      if (!ended) return;
      await rows.updateMany({ importId, status: { $in: ['pending', 'waiting'] } }, leaveWaiting('cancelled'), {
        session,
      });
    });
  }

  async function rename({
    organisationId,
    namedImportIds,
    namedBatchIds,
  }: Pick<ErasureDoc, 'organisationId' | 'namedImportIds' | 'namedBatchIds'>): Promise<void> {
    for (const importId of namedImportIds) {
      const { fileName } = (await imports.findOne({ _id: importId }, { projection: { fileName: 1 } }))!;
      const name = neutralName(fileName);
      await imports.updateOne({ _id: importId }, { $set: { fileName: name } });
      // Their ids begin with the organisation; a semicolon follows the colon.
      await idempotencyKeys.updateMany(
        { _id: { $gt: `${organisationId}:`, $lt: `${organisationId};` }, 'imports.id': importId },
        { $set: { 'imports.$.fileName': name } },
      );
    }
    await batches.updateMany({ _id: { $in: namedBatchIds } }, { $set: { 'rejected.$[].fileName': neutralName('') } });
  }
}

/** The imports of rows, by whose ids theirs begin. */
export const importsOf = (rowIds: string[]): string[] => [
  ...new Set(rowIds.map((id) => id.slice(0, id.lastIndexOf(':')))),
];

/** The ids under which first sends of these rows may be claimed. */
export const firstSendsOfRows = (rowIds: string[]): string[] =>
  rowIds.flatMap((id) => {
    const at = id.lastIndexOf(':');
    return firstSendsOfRow(id.slice(0, at), Number(id.slice(at + 1)));
  });

/** The ids that the person may have as a person: rows that were about them and have created nobody else. */
export const peopleOf = (personId: string, rowIds: string[]): string[] => [...new Set([personId, ...rowIds])];

import type { ImportProgress } from '../../contract/import';
import type { Channel, InvitationState } from '../../contract/invitation';
import { emptyProgress } from '../../contract/progress';
import type { RowStatus } from '../../contract/row';
import type { Collections, ImportDoc } from '../documents';

/** Counts of an import, from its rows and its ledger: never stored, so they can't drift from what they count. */
export function createProgress({ imports, rows, invitations }: Pick<Collections, 'imports' | 'rows' | 'invitations'>) {
  const count = async (document: Pick<ImportDoc, '_id' | 'status' | 'plannedAt'>): Promise<ImportProgress> => {
    const importId = document._id;
    // Rows that are still being staged are not yet the rows of the import.
    if (!document.plannedAt) return emptyProgress(importId, document.status);
    const [byStatus, byState] = await Promise.all([
      rows
        .aggregate<{ _id: RowStatus; count: number }>([
          { $match: { importId } },
          { $group: { _id: '$status', count: { $sum: 1 } } },
        ])
        .toArray(),
      invitations
        .aggregate<{ _id: { channel: Channel; state: InvitationState }; count: number }>([
          { $match: { importId, superseded: false } },
          { $group: { _id: { channel: '$channel', state: '$state' }, count: { $sum: 1 } } },
        ])
        .toArray(),
    ]);
    const progress = emptyProgress(importId, document.status);
    for (const { _id, count } of byStatus) {
      progress.rows[_id] = count;
      progress.lines += count;
    }
    for (const { _id, count } of byState) progress.invitations[_id.channel][_id.state] = count;
    return progress;
  };

  return {
    /** The status is read before the counts: once it says that an import rests, the counts are its last. */
    of: count,
    async find(importId: string): Promise<ImportProgress | null> {
      const document = await imports.findOne({ _id: importId }, { projection: { status: 1, plannedAt: 1 } });
      return document && count(document);
    },
  };
}

import type { ImportProgress } from '../../contract/import';
import type { Channel, InvitationState } from '../../contract/invitation';
import { emptyProgress } from '../../contract/progress';
import type { RowStatus } from '../../contract/row';
import type { Collections, ImportDoc } from '../documents';

/** Counts of an import, aggregated from its rows and invitations, since stored counts could drift. */
export function createProgress({ imports, rows, invitations }: Pick<Collections, 'imports' | 'rows' | 'invitations'>) {
  const count = async (importDoc: Pick<ImportDoc, '_id' | 'status' | 'plannedAt'>): Promise<ImportProgress> => {
    const importId = importDoc._id;
    if (!importDoc.plannedAt) return emptyProgress(importId, importDoc.status);
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
    const progress = emptyProgress(importId, importDoc.status);
    for (const { _id, count } of byStatus) {
      progress.rows[_id] = count;
      progress.lines += count;
    }
    for (const { _id, count } of byState) progress.invitations[_id.channel][_id.state] = count;
    return progress;
  };

  return {
    /** The status must be read before the counts: then the counts of a resting import are final. */
    of: count,
    async find(importId: string): Promise<ImportProgress | null> {
      const importDoc = await imports.findOne({ _id: importId }, { projection: { status: 1, plannedAt: 1 } });
      return importDoc && count(importDoc);
    },
  };
}

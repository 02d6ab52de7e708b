import { randomUUID } from 'node:crypto';
import type { Collections } from '../documents';
import type { WatermarkDoc } from './watermark-doc';

/**
 * The newest moment at which this database was worked on. Workers note it in Temporal too, so that a database that was restored to an
 * earlier moment is recognised.
 */
export function createWatermark({ watermarks }: Pick<Collections, 'watermarks'>) {
  return {
    find: (): Promise<WatermarkDoc | null> => watermarks.findOne({ _id: 'ledger' }),

    /** Moves it to the present, and never back. */
    async raise(): Promise<WatermarkDoc> {
      const raised = { at: { $max: ['$at', '$$NOW'] }, databaseId: { $ifNull: ['$databaseId', randomUUID()] } };
      const options = { upsert: true, returnDocument: 'after' } as const;
      return (await watermarks.findOneAndUpdate({ _id: 'ledger' }, [{ $set: raised }], options))!;
    },
  };
}

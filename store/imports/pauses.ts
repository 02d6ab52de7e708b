import { HOLDABLE_STATUSES, IMPORT_STATUSES, isFinal } from '../../contract/import';
import type { PausedBy, Pauses } from '../../contract/import';
import type { Channel } from '../../contract/invitation';
import type { Collections } from '../collections';
import type { PauseReason, ImportDoc } from '../documents';

const NOT_AT_THEIR_END = IMPORT_STATUSES.filter((status) => !isFinal(status));

export const pausesOf = ({ pausedBy = {}, resumes = 0 }: Pick<ImportDoc, 'pausedBy' | 'resumes'>): Pauses => ({
  by: Object.fromEntries(Object.entries(pausedBy).map(([holder, { code }]) => [holder, code ?? null])),
  resumes,
});

/** Whether nothing may be sent on this channel. */
export const isPaused = ({ by }: Pauses, channel: Channel): boolean =>
  by.staff !== undefined || by[channel] !== undefined;

/** What holds the sends of imports back. Whoever has claimed something looks here before it is sent. */
export function createPauses({ imports }: Pick<Collections, 'imports'>) {
  async function find(importId: string): Promise<Pauses> {
    const importDoc = await imports.findOne({ _id: importId }, { projection: { pausedBy: 1, resumes: 1 } });
    return pausesOf(importDoc ?? {});
  }

  return {
    find,

    /** Returns what holds the import back from now on; `null` for one that is at its end, or that nobody has. */
    async pause(importId: string, holder: PausedBy, why: Omit<PauseReason, 'at'> = {}): Promise<Pauses | null> {
      const among = why.cancels ? NOT_AT_THEIR_END : [...HOLDABLE_STATUSES];
      const { code, providerCode, cancels } = why;
      const held = await imports.findOneAndUpdate(
        { _id: importId, status: { $in: among } },
        [
          {
            $set: {
              // Whoever is closing the books meanwhile is to look again.
              revision: { $add: ['$revision', 1] },
              // Where the import is cancelled as a whole it is not shown as paused on its way there.
              ...(!cancels && { status: 'paused' }),
              [`pausedBy.${holder}`]: {
                at: '$$NOW',
                ...(cancels && { cancels }),
                ...(code && { code }),
                ...(providerCode && { providerCode: { $literal: providerCode } }),
              },
            },
          },
        ],
        { returnDocument: 'after' },
      );
      return held && pausesOf(held);
    },

    /** Lets an import go on. Doing so twice changes nothing more; one that is being cancelled is not to be had back. */
    async resume(importId: string): Promise<Pauses> {
      await imports.updateOne(
        { _id: importId, status: 'paused', 'pausedBy.staff.cancels': { $exists: false } },
        { $set: { status: 'inviting' }, $unset: { pausedBy: '' }, $inc: { resumes: 1, revision: 1 } },
      );
      return find(importId);
    },
  };
}
export type PauseStore = ReturnType<typeof createPauses>;
